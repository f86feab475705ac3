ui            = true
cluster_name  = "vault-prod"
api_addr      = "https://vault.example.org:8200"
cluster_addr  = "https://10.0.0.7:8201"
disable_mlock = true

storage "raft" {
  path    = "/opt/vault/data"
  node_id = "vault-1"

  retry_join {
    leader_api_addr = "https://vault-2.example.org:8200"
  }
  retry_join {
    leader_api_addr = "https://vault-3.example.org:8200"
  }
}

listener "tcp" {
  address       = "0.0.0.0:8200"
  tls_cert_file = "/etc/vault/tls.crt"
  tls_key_file  = "/etc/vault/tls.key"
  telemetry {
    unauthenticated_metrics_access = true
  }
}

listener "tcp" {
  address     = "127.0.0.1:8300"
  tls_disable = 1
}

listener "unix" {
  address     = "/run/vault.sock"
  socket_mode = "0660"
}

seal "awskms" {
  region     = "eu-central-1"
  kms_key_id = "19ec80b0-dfdd-4d97-8164-c6examplekey"
}

telemetry {
  statsite_address = "127.0.0.1:8125"
  disable_hostname = true
}
