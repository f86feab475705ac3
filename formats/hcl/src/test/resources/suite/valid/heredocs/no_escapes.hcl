a = <<EOT
\n \t \" \\ \u0041 "x" # // /* */
EOT
