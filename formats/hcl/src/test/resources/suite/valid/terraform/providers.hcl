terraform {
  required_version = ">= 1.5, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.40"
      configuration_aliases = [aws.replica]
    }
    random = {
      source  = "hashicorp/random"
      version = "3.6.0"
    }
  }

  backend "s3" {
    bucket         = "states-of-example"
    key            = "web/terraform.tfstate"
    region         = "eu-central-1"
    dynamodb_table = "locks"
    encrypt        = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}

provider "aws" {
  alias  = "replica"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::${var.account}:role/deploy"
  }
}
