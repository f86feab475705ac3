locals {
  tags = merge(
    {
      Name    = var.name
      Managed = "terraform"
    },
    var.tags, # those of the caller win
  )

  names_upper = [for n in var.names : upper(n)]
  odd         = [for i, n in var.names : n if i % 2 == 1]
  by_name     = { for u in var.users : u.name => u }
  by_role = {
    for u in var.users :
    u.role => u.name...
    if u.active && u.role != null
  }
  nested = {
    for k, v in var.subnets : k => {
      cidr = v.cidr
      az   = lookup(v, "az", "a")
    }
  }
  flat = flatten([
    for team, members in var.teams : [
      for m in members : {
        team   = team
        member = m
      }
    ]
  ])

  count     = var.enabled ? length(var.names) : 0
  size      = var.large ? "large" : var.medium ? "medium" : "small"
  ready     = local.count > 0 && !var.paused || var.force
  rest      = 100 - 3 * 2 / 4 % 5
  deep      = var.a["b"].c[0]["d"].e
  plain     = { a = 1, "b c" = [true, null], (var.key) = "x" }
  negative  = -local.count
  threshold = -0.75
}
