a = f(<<EOT
c
EOT, 1)
