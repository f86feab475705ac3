a = "x ${f(
  1,
  "two"
)} y"
