resource "kubernetes_deployment_v1" "api" {
  metadata {
    name      = "api"
    namespace = kubernetes_namespace_v1.app.metadata[0].name
    labels    = { app = "api" }
  }

  spec {
    replicas = 2

    selector { match_labels = { app = "api" } }

    template {
      metadata { labels = { app = "api" } }

      spec {
        container {
          name  = "api"
          image = "registry.example.org/api:${var.tag}"

          port { container_port = 8080 }
          port { container_port = 9090 }

          env {
            name  = "LOG_LEVEL"
            value = "info"
          }

          resources {
            limits   = { cpu = "500m", memory = "256Mi" }
            requests = { cpu = "50m", memory = "128Mi" }
          }
        }

        container {
          name  = "proxy"
          image = "envoy"
          args  = ["-c", "/etc/envoy.yaml", "--log-level", var.debug ? "debug" : "warn"]
        }
      }
    }
  }
}
