one "x" {
  a = 1
}
two "x" "y" {
  a = 1
}
two "x" "z" {
  a = 2
}
two "q" "y" {
  a = 3
}
two "x" "y" {
  a = 4
}
bare label {
  a = 5
}
mixed label "x y" z {
  a = 6
}
escaped "\"q\" \\ \u00e9 $${x}" {
}
