a = f(b c)
