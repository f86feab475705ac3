// Client of the second data centre.
server     = false
datacenter = "dc2"
retry_join = ["provider=aws tag_key=consul tag_value=server"]

addresses {
  dns  = "127.0.0.1"
  http = "unix:///var/run/consul/http.sock"
}

dns_config = {
  allow_stale = true
  max_stale   = "87600h"
  service_ttl = { "*" = "5s", "web" = "0s" }
  node_ttl    = "10s"
}

auto_encrypt = { tls = true }

config_entries {
  bootstrap {
    kind = "proxy-defaults"
    name = "global"
    config {
      protocol                   = "http"
      local_connect_timeout_ms   = 1000
      envoy_prometheus_bind_addr = "0.0.0.0:9102"
    }
  }
  bootstrap {
    kind     = "service-defaults"
    name     = "web"
    protocol = "http2"
  }
}
