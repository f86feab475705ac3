a = [for v in x : v]
b = [for i, v in x : v if i > 0]
c = { for k, v in x : k => v }
d = { for v in x : v.k => v.v... }
e = {
  for k, v in x :
  k => {
    y = v
  }
  if v != null
}
f = [
  for v in x : [
    for w in v : w
  ]
]
g = [for v in x ? y : z : v]
