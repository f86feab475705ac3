version = "1.2.3"
sizes   = { small = 10, large = 100 }
regions = [
  "eu-central-1",
  "us-east-1",
]
