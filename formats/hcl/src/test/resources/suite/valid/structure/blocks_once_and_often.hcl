once {}
often {}
often { a = 1 }
often {
  a = 2
}
