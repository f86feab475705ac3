key_prefix "" {
  policy = "read"
}
key_prefix "app/" {
  policy = "write"
}
key "app/locked" {
  policy = "deny"
}
node_prefix "" { policy = "read" }
service_prefix "" { policy = "read" }
service "web" {
  policy     = "write"
  intentions = "read"
}
agent "server-1" { policy = "write" }
operator = "read"
keyring  = "deny"
