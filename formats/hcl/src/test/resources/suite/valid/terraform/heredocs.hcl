locals {
  script = <<-EOT
    #!/bin/sh
    set -eu

    # not a comment of HCL
    echo "home is $HOME, \n stays, so does \"this\""
    for f in *.log; do
      gzip "$f" // nor is this
    done
  EOT

  template = <<-EOT
    %{ for name, port in var.ports ~}
    server {
      listen ${port};
      server_name ${name}.example.org;
    }
    %{ endfor ~}
  EOT

  tabs = <<-EOT
		one
			two
		three
	EOT

  ragged = <<-EOT
      six
    four
        eight
  EOT

  unindented = <<EOT
  two spaces stay
    four, too
EOT

  empty = <<EOT
EOT

  in_call = indent(2, <<-EOT
    a: ${var.a}
    b: 2
  EOT
  )

  in_list = [<<ONE
first
ONE
    , <<TWO
second
TWO
  ]

  decoy = <<EOT
EOTX is not the end
 EOT neither
"EOT"
  EOT
}
