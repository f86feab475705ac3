# In the manner of HCL 1: names in quotes, commas after attributes.
"datacenter" = "dc1",
"node_meta" {
  "rack" = "r1",
  "os"   = "linux",
}

node_name = "a",

services {
  id   = "red0"
  name = "redis",
  check { args = ["/bin/check", "-p", "6379"], interval = "10s", ttl = "" }
}

watches = [
  {
    type = "key",
    key  = "foo/bar",
    handler_type = "script"
    args = ["/usr/bin/handler.sh", "-redis"]
  },
  { "type": "event", "name": "deploy" }
]

limits { http_max_conns_per_client = 200, rpc_rate = -1 }
max_query_time = 0x1F
