module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.5.1"

  name = local.name
  cidr = "10.0.0.0/16"

  azs             = slice(data.aws_availability_zones.available.names, 0, 3)
  private_subnets = [for k, v in local.azs : cidrsubnet(local.cidr, 4, k)]
  public_subnets  = [for k, v in local.azs : cidrsubnet(local.cidr, 8, k + 48)]

  enable_nat_gateway = true
  single_nat_gateway = var.stage != "prod"

  public_subnet_tags = {
    "kubernetes.io/role/elb" = 1
  }
  private_subnet_tags = {
    "kubernetes.io/role/internal-elb"          = 1
    "kubernetes.io/cluster/${local.cluster}"   = "shared"
    (local.discovery_key)                      = local.cluster
  }
}

module "buckets" {
  source   = "./modules/bucket"
  for_each = toset(["logs", "data"])

  name = each.key
  providers = {
    aws         = aws
    aws.replica = aws.replica
  }
}

module "service" {
  source     = "git::https://git.example.org/modules/service.git?ref=v1.2.0"
  count      = var.enabled ? 1 : 0
  depends_on = [module.vpc]
}
