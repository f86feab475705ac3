Kind = "service-router"
Name = "web"
Routes = [
  {
    Match = {
      HTTP = {
        PathPrefix = "/api/"
        Header = [
          { Name = "x-debug", Exact = "1" },
        ]
      }
    }
    Destination = {
      Service               = "api"
      PrefixRewrite         = "/"
      RequestTimeout        = "15s"
      NumRetries            = 5
      RetryOnConnectFailure = true
      RetryOnStatusCodes    = [502, 503, 504]
    }
  },
]
