a = "%{ if b"
