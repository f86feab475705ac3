# Values of the stage "prod".
name     = "shop"
region   = "eu-central-1"
replicas = 6
ratio    = 0.25
large    = 12345678901234567890
small    = 1.5e-7
enabled  = true
nothing  = null

zones = [
  "a",
  "b", // the second
  /* and */ "c",
]

tags = {
  Team        = "web"
  "cost-unit" = "4711"
  owner       : "ops@example.org",
}

rules = [
  { from = 80, cidrs = ["0.0.0.0/0"] },
  {
    from  = 443
    cidrs = []
  },
]

matrix = [[1, 2], [3, [4, -5]], []]
empty  = {}
