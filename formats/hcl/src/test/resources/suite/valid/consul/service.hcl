service {
  name = "web"
  id   = "web-1"
  port = 8080
  tags = ["v1", "primary"]

  meta = {
    version = "1.4.2"
    "build.number" = "812"
  }

  check {
    id       = "http"
    http     = "http://localhost:8080/health"
    interval = "10s"
    timeout  = "1s"
  }

  check {
    id       = "disk"
    args     = ["/usr/local/bin/check-disk", "-w", "80"]
    interval = "60s"
  }

  connect { sidecar_service {} }
}

service {
  name = "db"
  port = 5432
  connect {
    sidecar_service {
      proxy {
        upstreams = [
          {
            destination_name = "cache"
            local_bind_port  = 6379
          }
        ]
      }
    }
  }
}
