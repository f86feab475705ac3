a = f()
b = f(1, "two", [3], { four = 4 })
c = f(x...)
d = f(1, x...)
e = f(
  1,
  2,
)
f = g (h)
i = ns::fn(1)
j = a::b::c(d)
k = f(g(h(1)))[0].x
