a = <<EOT
one
  two

three
EOT
b = <<EOT
EOT
c = <<_X-1
x
_X-1
