b { n = 1 }
a = "x"
b { n = 2 }
c {
  d "x" { n = 3 }
  e = 1
  d "y" { n = 4 }
  d "x" { n = 5 }
}
