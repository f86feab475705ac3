id        = "database"
name      = "database"
type      = "csi"
plugin_id = "ebs"

capacity_min = "10GiB"
capacity_max = "20GiB"

capability {
  access_mode     = "single-node-writer"
  attachment_mode = "file-system"
}

capability {
  access_mode     = "single-node-reader-only"
  attachment_mode = "block-device"
}

topology_request {
  required {
    topology { segments { "zone" = "a" } }
    topology { segments { "zone" = "b" } }
  }
}

parameters {
  "encrypted" = "true"
}
