project = "shop"

runner {
  enabled = true
  data_source "git" {
    url = "https://git.example.org/shop.git"
  }
}

app "web" {
  labels = {
    "service" = "web"
    "env"     = workspace.name == "default" ? "dev" : "prod"
  }

  build {
    use "pack" {}
    registry {
      use "docker" {
        image = "registry.example.org/web"
        tag   = gitrefpretty()
      }
    }
  }

  deploy {
    use "nomad" {
      datacenter = "dc1"
      replicas   = max(2, var.replicas)
    }
  }
}

variable "replicas" {
  type    = number
  default = 1
}
