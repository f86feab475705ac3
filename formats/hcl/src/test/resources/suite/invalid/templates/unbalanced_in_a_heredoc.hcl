a = <<EOT
%{ if b }
c
EOT
