a = b
c = d.e.f
g = h[0].i["j"]
k = l.*.m
n = o[*].p[0]
q = r.0.s
t = u . v
w = x[ "y" ][ z ]
