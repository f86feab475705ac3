a = f(, b)
