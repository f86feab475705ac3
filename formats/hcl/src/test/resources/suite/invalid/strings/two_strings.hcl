a = "b" "c"
