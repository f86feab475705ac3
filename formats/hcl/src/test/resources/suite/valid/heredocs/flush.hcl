a = <<-EOT
    one
      two
    three
  EOT
b = <<-EOT
      one
  two
    three
      EOT
c = <<-EOT

    one

      two
  
  EOT
d = <<-EOT
none
  two
EOT
e = <<-EOT
EOT
f = <<-EOT

EOT
