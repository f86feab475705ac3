alert = {
  for = "5m"
  name = "x"
}
other = { name = "y", for : "1m" }
