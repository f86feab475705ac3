variable "image" {
  type    = string
  default = "registry.example.org/report:1.0"
}

locals {
  schedule = "0 3 * * *"
}

job "report" {
  type = "batch"

  periodic {
    crons            = [local.schedule, "0 15 * * 7"]
    prohibit_overlap = true
    time_zone        = "Europe/Berlin"
  }

  constraint {
    attribute = "${attr.kernel.name}"
    value     = "linux"
  }
  constraint {
    attribute = "${meta.rack}"
    operator  = "!="
    value     = "r9"
  }

  parameterized {
    payload       = "optional"
    meta_required = ["day"]
  }

  group "report" {
    task "run" {
      driver = "docker"
      config {
        image   = var.image
        command = "/bin/report"
        mount {
          type   = "bind"
          source = "local"
          target = "/data"
        }
      }

      template {
        destination = "local/env"
        env         = true
        data        = <<EOH
{{ range service "db" }}
DB_HOST="{{ .Address }}"
{{ end }}
DAY="${NOMAD_META_day}"
EOH
      }

      dynamic "artifact" {
        for_each = ["a", "b"]
        labels   = []
        content {
          source = "https://files.example.org/${artifact.value}.tgz"
        }
      }
    }
  }
}
