config {
  format           = "compact"
  call_module_type = "local"
  force            = false
}

plugin "aws" {
  enabled = true
  version = "0.30.0"
  source  = "github.com/terraform-linters/tflint-ruleset-aws"
}

rule "terraform_naming_convention" {
  enabled = true

  variable { format = "snake_case" }
  locals { format = "none" }
}

rule "terraform_required_version" { enabled = false }
