# The inputs of a small web service.
variable "name" {
  description = "The name that every resource carries."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,20}$", var.name))
    error_message = "The name must be 3 to 21 characters: a-z, 0-9 and '-'."
  }
  validation {
    condition     = !startswith(var.name, "test-")
    error_message = "Names of tests belong to another account."
  }
}

variable "replicas" {
  type    = number
  default = 3
}

variable "zones" {
  type    = list(string)
  default = ["a", "b", "c"]
}

variable "limits" {
  type = object({
    cpu    = optional(number, 0.5)
    memory = optional(string, "512Mi")
    tags   = map(string)
  })
  default = {
    cpu    = 1.50
    memory = "1Gi"
    tags   = {}
  }
}

variable "password" {
  type      = string
  sensitive = true
  nullable  = false
  default   = null
}
