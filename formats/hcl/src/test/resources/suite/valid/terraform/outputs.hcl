output "url" {
  description = "Where the service answers"
  value       = "https://${aws_lb.main.dns_name}:${var.port}/"
}

output "ids" {
  value = aws_instance.web[*].id
}

output "first_zone" {
  value = try(data.aws_availability_zones.available.names[0], "none")
}

output "legacy_splat" {
  value = aws_instance.web.*.private_ip
}

output "secret" {
  value     = random_password.db.result
  sensitive = true

  depends_on = [
    aws_db_instance.main,
    aws_secretsmanager_secret_version.db,
  ]
}
