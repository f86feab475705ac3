variables {
  bucket_prefix = "test"
}

run "valid_name" {
  command = plan

  variables {
    name = "a-name"
  }

  assert {
    condition     = aws_s3_bucket.bucket.bucket == "test-bucket"
    error_message = "S3 bucket name did not match expected"
  }
}

run "refuses_long_names" {
  command = apply

  variables {
    name = "a-name-that-is-much-longer-than-names-may-be"
  }

  expect_failures = [
    var.name,
  ]
}
