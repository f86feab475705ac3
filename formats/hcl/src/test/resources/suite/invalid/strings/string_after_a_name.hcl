a = b"c"
