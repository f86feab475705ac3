locals {
  arn     = provider::aws::arn_parse(aws_s3_bucket.logs.arn).account_id
  expand  = max(var.numbers...)
  nothing = timestamp()
  multi = join(
    ",",
    compact([
      var.a,
      var.b == "" ? null : var.b, # may be absent
    ]),
  )
  spaced   = f ( 1 , 2 )
  chain    = trimspace(split(":", replace(lower(var.x), "/[^a-z:]/", ""))[1])
  index    = var.list[length(var.list) - 1]
  not      = !contains(keys(var.map), "x")
  compare  = var.a >= 1 && var.a <= 10 && var.b != "c"
  parens   = (var.a + var.b) * -2
  multiline = (
    var.a
    +
    var.b
  )
}
