a = [for in c : b]
