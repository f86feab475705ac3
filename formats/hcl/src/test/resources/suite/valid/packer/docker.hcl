source "docker" "ubuntu" {
  image  = "ubuntu:jammy"
  commit = true
  changes = [
    "ENTRYPOINT [\"/bin/app\"]",
    "ENV PATH=$PATH:/opt/app",
  ]
}

build {
  dynamic "source" {
    for_each = local.targets
    labels   = ["docker.ubuntu"]
    content {
      name  = source.value.name
      image = source.value.image
    }
  }

  provisioner "shell" {
    inline = [for p in var.packages : "apt-get install -y ${p}"]
  }

  post-processors {
    post-processor "docker-tag" {
      repository = "example/app"
      tags       = ["latest", substr(var.version, 0, 3)]
    }
    post-processor "docker-push" {}
  }
}
