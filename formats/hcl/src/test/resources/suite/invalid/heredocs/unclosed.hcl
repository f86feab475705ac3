a = <<EOT
b
c = 1
