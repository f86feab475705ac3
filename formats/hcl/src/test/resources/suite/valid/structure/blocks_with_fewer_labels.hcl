include {
  a = 1
}
include "env" {
  a = 2
}
deep "x" "y" {
  a = 3
}
deep "x" {
  a = 4
}
deep "x" {
  a = 5
}
