a = <<EOT
EOTX
 EOT X
"EOT"
x EOT
EOT
b = <<A
<<B
B
A
