variable "deployment_id" { type = string }
variable "solution_type" { type = string }
variable "grid_network" { type = string }
variable "ip_range" { type = string }
variable "ssh_keys" { type = list(string) }
variable "node_id" { type = number }
variable "cpu" { type = number }

variable "memory" {
  description = "MB"
  type        = number
}

variable "rootfs_size" {
  description = "MB"
  type        = number
}

variable "networks" {
  description = "wireguard, mycelium; the preferred one first"
  type        = list(string)

  validation {
    condition     = length(setsubtract(var.networks, ["wireguard", "mycelium"])) == 0
    error_message = "This pattern supports only wireguard and mycelium."
  }
}

variable "mycelium_key" {
  type      = string
  sensitive = true
}

variable "mycelium_ip_seed" { type = string }
