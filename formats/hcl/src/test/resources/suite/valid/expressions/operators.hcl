a = 1 + 2
b = x-y
c = x - y
d = a * b / c % d
e = a == b && c != d || !e
f = a < b
g = a >= b
h = -x
i = !true
j = --5
k = 5-3
l = (a + b) * c
m = a == b == c
