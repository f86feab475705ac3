# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.40.0"
  constraints = "~> 5.0, >= 5.30.0"
  hashes = [
    "h1:0A5Nnnjc0nb5q0d4Y5RQf5EGaNoHn8l1LkmBQPHkfdk=",
    "zh:1a1f39d7f6b7a4a7e0c7a3f1f3a5ac3bd0c4c1ef8f6f3e2a4b3e3aa5c3ddff10",
  ]
}

provider "registry.terraform.io/hashicorp/random" {
  version = "3.6.0"
  hashes = [
    "h1:R5Ucn26riKIEijcsiOMBR3uOAjuOMfI1x7XvH4P6B1w=",
  ]
}
