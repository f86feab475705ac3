"storage" "file" {
  "path" = "/var/lib/vault"
}
"listener" "tcp" {
  "address"     = "127.0.0.1:8200"
  "tls_disable" = true
}
"max_lease_ttl"     = "768h",
"default_lease_ttl" = "768h"
