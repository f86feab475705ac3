disable_mlock = true

controller {
  name        = "controller-1"
  description = "The first"
  database {
    url             = "env://BOUNDARY_PG_URL"
    max_open_connections = 5
  }
}

listener "tcp" {
  address = "0.0.0.0"
  purpose = "api"
}
listener "tcp" {
  address = "0.0.0.0"
  purpose = "cluster"
}

kms "aead" {
  purpose   = "root"
  aead_type = "aes-gcm"
  key       = "sP1fnF5Xz85RrXyELHFeZg9Ad2qt4Z4bgNHVGtD6ung="
  key_id    = "global_root"
}
kms "aead" {
  purpose   = "recovery"
  aead_type = "aes-gcm"
  key       = "8fZBjCUfN0TzjEGLQldGY4+iE9AkOvCfjh7+p0GtRBQ="
  key_id    = "global_recovery"
}
