locals {
  # Strings with everything that strings may hold.
  quoted    = "say \"hi\"\tto\n\u00e9 \U0001F600 \\ C:\\temp"
  percent   = "100% of $5 and 50%"
  literal   = "a literal $${not} and %%{ not }"
  mixed     = "$${literal} beside ${var.template}"
  calls     = "${upper("x")}-${join("-", ["a", "${var.b}", "c"])}"
  condition = "${var.on ? "yes" : "no"}"
  directive = "%{ if var.on }on%{ else }off%{ endif }"
  loop      = "%{ for h in var.hosts ~}${h},%{ endfor ~}"
  braces    = "${{ a = "}" }["a"]}"
  json      = jsonencode({ "a" : [1, 2, { b = null }], "c" = "${var.d}" })
}

locals {
  second = "another block of the same type"
}
