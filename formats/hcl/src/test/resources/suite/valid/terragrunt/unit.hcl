include {
  path = find_in_parent_folders()
}

include "env" {
  path           = "${get_terragrunt_dir()}/../../env/mysql.hcl"
  expose         = true
  merge_strategy = "deep"
}

terraform {
  source = "${include.env.locals.base}//modules/mysql?ref=v0.8.0"

  extra_arguments "common" {
    commands  = get_terraform_commands_that_need_vars()
    arguments = ["-var-file=common.tfvars"]
    env_vars = {
      TF_PLUGIN_CACHE_DIR = "/tmp/cache"
    }
  }

  before_hook "format" {
    commands = ["apply", "plan"]
    execute  = ["terraform", "fmt"]
  }
  after_hook "done" {
    commands     = ["apply"]
    execute      = ["echo", "done"]
    run_on_error = true
  }
}

dependency "vpc" {
  config_path = "../vpc"

  mock_outputs = {
    vpc_id  = "vpc-00000000"
    subnets = ["a", "b"]
  }
  mock_outputs_allowed_terraform_commands = ["validate", "plan"]
}

dependencies {
  paths = ["../vpc", "../dns"]
}

inputs = {
  vpc_id         = dependency.vpc.outputs.vpc_id
  subnet_ids     = dependency.vpc.outputs.subnets
  instance_class = "db.t3.medium"
  storage        = 100
  prevent        = true
}
