job "redis" {
  datacenters = ["dc1"]
  type        = "service"
  priority    = 50

  update {
    max_parallel = 1
    stagger      = "30s"
    auto_revert  = true
  }

  group "cache" {
    count = 2

    network {
      mode = "bridge"
      port "db" { to = 6379 }
      port "metrics" {}
    }

    restart {
      attempts = 2
      interval = "30m"
      delay    = "15s"
      mode     = "fail"
    }

    ephemeral_disk {
      size   = 300
      sticky = true
    }

    service {
      name = "redis"
      port = "db"
      tags = ["cache", "${NOMAD_ALLOC_INDEX}"]

      check {
        type     = "tcp"
        interval = "10s"
        timeout  = "2s"
      }
    }

    task "redis" {
      driver = "docker"

      config {
        image = "redis:7.2"
        ports = ["db"]
        args  = ["redis-server", "--maxmemory", "${NOMAD_MEMORY_LIMIT}mb"]
      }

      resources {
        cpu    = 500
        memory = 256
      }
    }
  }
}
