variable "TAG" {
  default = "latest"
}

variable "PLATFORMS" {
  default = ["linux/amd64", "linux/arm64"]
}

function "image" {
  params = [name]
  result = "registry.example.org/${name}:${TAG}"
}

group "default" {
  targets = ["web", "worker"]
}

target "base" {
  dockerfile = "Dockerfile"
  args = {
    VERSION = TAG == "latest" ? "dev" : TAG
  }
  labels = {
    "org.opencontainers.image.title" = "shop"
  }
}

target "web" {
  inherits  = ["base"]
  target    = "web"
  tags      = [image("web"), notequal("", TAG) ? image("web-${TAG}") : ""]
  platforms = PLATFORMS
  cache-from = ["type=gha"]
  output     = ["type=docker"]
}

target "worker" {
  inherits = ["base"]
  name     = "worker-${replace(item.arch, "/", "-")}"
  matrix = {
    item = [
      { arch = "linux/amd64" },
      { arch = "linux/arm64" }
    ]
  }
}
