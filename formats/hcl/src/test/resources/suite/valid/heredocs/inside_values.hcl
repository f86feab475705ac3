a = [<<ONE
x
ONE
  , 2]
b = {
  c = <<TWO
y
TWO
  d = 3
}
e = f(<<-THREE
    z
  THREE
  , 4
)
