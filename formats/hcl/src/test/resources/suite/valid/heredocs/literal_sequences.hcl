a = <<EOT
$${x} %%{y} $$ $
EOT
b = <<EOT
$${x} %%{y} ${z}
EOT
