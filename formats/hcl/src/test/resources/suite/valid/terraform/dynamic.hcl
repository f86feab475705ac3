resource "aws_security_group" "web" {
  name_prefix = "${var.name}-"
  vpc_id      = module.vpc.vpc_id

  dynamic "ingress" {
    for_each = var.rules
    iterator = rule

    content {
      description = rule.value.description
      from_port   = rule.value.from
      to_port     = coalesce(rule.value.to, rule.value.from)
      protocol    = "tcp"
      cidr_blocks = rule.value.cidrs
    }
  }

  dynamic "egress" {
    for_each = var.open ? [1] : []
    content {
      from_port   = 0
      to_port     = 0
      protocol    = "-1"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
