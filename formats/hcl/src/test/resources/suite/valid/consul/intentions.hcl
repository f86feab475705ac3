Kind = "service-intentions"
Name = "db"
Sources = [
  {
    Name   = "web"
    Action = "allow"
  },
  {
    Name = "*"
    Permissions = [
      {
        Action = "deny"
        HTTP {
          PathPrefix = "/admin"
          Methods    = ["POST", "PUT"]
        }
      }
    ]
  }
]
