data_dir  = "/opt/nomad"
bind_addr = "0.0.0.0"

client {
  enabled = true
  servers = ["nomad.example.org:4647"]

  meta {
    "rack"        = "r1"
    "ssd.present" = "true"
  }

  options {
    "driver.raw_exec.enable"    = "1"
    "docker.privileged.enabled" = "true"
  }

  host_volume "certs" {
    path      = "/etc/ssl/certs"
    read_only = true
  }
  host_volume "data" {
    path = "/srv/data"
  }

  host_network "public" {
    cidr           = "203.0.113.0/24"
    reserved_ports = "22,80"
  }
}

plugin "docker" {
  config {
    allow_privileged = true
    volumes { enabled = true }
    gc {
      image       = true
      image_delay = "3m"
    }
  }
}

plugin "raw_exec" {
  config { enabled = true }
}
