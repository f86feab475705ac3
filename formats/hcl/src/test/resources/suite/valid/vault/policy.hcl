# What an application may do.
path "secret/data/{{identity.entity.name}}/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}

path "secret/metadata/*" {
  capabilities = ["list"]
}

path "auth/token/create" {
  capabilities        = ["create", "update"]
  allowed_parameters  = {
    "policies" = []
    "ttl"      = ["1h", "2h"]
    "*"        = []
  }
  denied_parameters   = { "period" = [] }
  required_parameters = ["ttl"]
  min_wrapping_ttl    = "1s"
}

path "sys/+/mounts" { capabilities = ["read", "sudo"] }
path "sys/seal" { policy = "deny" }
