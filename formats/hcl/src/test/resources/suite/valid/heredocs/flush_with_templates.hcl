a = <<-EOT
    ${x}
      y
  EOT
b = <<-EOT
${x}
    y
  EOT
c = <<-EOT
    a ${f(
  1)}
      b
  EOT
d = <<-EOT
    %{ for v in x ~}
    ${v} $${literal}
    %{ endfor ~}
  EOT
