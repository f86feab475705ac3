unit "vpc" {
  source = "git::git@git.example.org:catalog.git//units/vpc?ref=${values.version}"
  path   = "vpc"
  values = {
    cidr = "10.0.0.0/16"
    name = "main"
  }
}

unit "db" {
  source = "../units/db"
  path   = "db"
  values = { size = "small" }
}

stack "services" {
  source = "../stacks/services"
  path   = "services"
}
