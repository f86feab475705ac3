moved {
  from = aws_instance.web
  to   = aws_instance.frontend
}

moved {
  from = module.old["a"]
  to   = module.new["a"].module.inner[0]
}

removed {
  from = aws_instance.gone

  lifecycle {
    destroy = false
  }
}

import {
  to = aws_s3_bucket.logs
  id = "logs-of-example"
}

check "health" {
  data "http" "service" {
    url = "https://${var.host}/health"
  }

  assert {
    condition     = data.http.service.status_code == 200
    error_message = "${data.http.service.url} answered ${data.http.service.status_code}"
  }
}
