a = { "b": 1, "c": [true, null], "d": { "e": "f" } }
g = {
  "h" : 1
  i : 2,
  j = 3
}
