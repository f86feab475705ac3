a "b" "c"
