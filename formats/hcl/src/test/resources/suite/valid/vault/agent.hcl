pid_file = "/run/vault-agent.pid"

vault {
  address = "https://vault.example.org:8200"
  retry { num_retries = 5 }
}

auto_auth {
  method "approle" {
    mount_path = "auth/approle"
    config = {
      role_id_file_path                   = "/etc/vault/role-id"
      secret_id_file_path                 = "/etc/vault/secret-id"
      remove_secret_id_file_after_reading = false
    }
  }

  sink "file" {
    config = { path = "/run/token", mode = 0640 }
  }
  sink "file" {
    wrap_ttl = "5m"
    config   = { path = "/run/token-wrapped" }
  }
}

cache {
  use_auto_auth_token = "force"
}

template {
  contents    = "{{ with secret \"secret/data/db\" }}{{ .Data.data.password }}{{ end }}"
  destination = "/etc/app/password"
}

template {
  destination = "/etc/app/db.conf"
  contents    = <<EOH
{{- with secret "database/creds/app" }}
user = "{{ .Data.username }}"
{{- end }}
EOH
}
