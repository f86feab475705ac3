a = b ? c : d
e = f ? g : h ? i : j
k = l ? m ? 1 : 2 : 3
n = true ? "x" : null
o = b == "c" ? { d = 1 } : {}
