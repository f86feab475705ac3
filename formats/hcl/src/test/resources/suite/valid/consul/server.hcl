datacenter       = "dc1"
data_dir         = "/opt/consul"
log_level        = "INFO"
node_name        = "server-1"
server           = true
bootstrap_expect = 3
encrypt          = "pUqJrVyVRj5jsiYEkM/tFQYfWyJIv4s3XkvDwy7Cu5s="
retry_join       = ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
bind_addr        = "{{ GetPrivateInterfaces | include \"network\" \"10.0.0.0/8\" | attr \"address\" }}"
client_addr      = "0.0.0.0"

ui_config {
  enabled = true
}

ports {
  grpc  = 8502
  https = -1
}

acl {
  enabled                  = true
  default_policy           = "deny"
  enable_token_persistence = true
  tokens {
    agent   = "11111111-2222-3333-4444-555555555555"
    default = ""
  }
}

performance { raft_multiplier = 1 }

tls {
  defaults {
    ca_file         = "/etc/consul/ca.pem"
    cert_file       = "/etc/consul/server.pem"
    key_file        = "/etc/consul/server-key.pem"
    verify_incoming = true
    verify_outgoing = true
  }
  internal_rpc {
    verify_server_hostname = true
  }
}

telemetry {
  prometheus_retention_time = "60s"
  disable_hostname          = true
}
