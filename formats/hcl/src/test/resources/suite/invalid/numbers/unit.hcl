a = 5m
