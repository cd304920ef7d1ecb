variable "deployment_id" { type = string }
variable "solution_type" { type = string }
variable "grid_network" { type = string }
variable "ip_range" { type = string }
variable "ssh_keys" { type = list(string) }
variable "node_ids" { type = list(number) }
variable "machines" { type = list(object({ name = string, role = string, node_id = number })) }
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
}

variable "mycelium_key" {
  type      = string
  sensitive = true
}

variable "mycelium_seed" {
  type      = string
  sensitive = true
}
