a = <<EOT
  x
    EOT
b {
  c = <<EOT
y
  EOT
}
