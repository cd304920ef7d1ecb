variable "deployment_id" {
  description = "Id of the deployment; part of the names on the grid."
  type        = string
}

variable "solution_type" {
  description = "Tag of all grid contracts, by which they can be found without this state."
  type        = string
}

variable "grid_network" {
  description = "Grid network: main, test, qa or dev."
  type        = string
}

variable "ip_range" {
  description = "The deployment's private network, a /16."
  type        = string
}

variable "networks" {
  description = "Networks of the machine, the preferred one first: wireguard, mycelium, ipv4, ipv6."
  type        = list(string)

  validation {
    condition     = length(var.networks) > 0 && length(setsubtract(var.networks, ["wireguard", "mycelium", "ipv4", "ipv6"])) == 0
    error_message = "Use one or more of wireguard, mycelium, ipv4 and ipv6."
  }
}

variable "node_id" {
  description = "Node that runs the machine."
  type        = number
}

variable "cpu" {
  description = "Virtual CPUs."
  type        = number
}

variable "memory" {
  description = "Memory in MB."
  type        = number
}

variable "rootfs_size" {
  description = "Root file system in MB."
  type        = number
}

variable "ssh_keys" {
  description = "Public SSH keys that may log in as root."
  type        = list(string)
}

variable "mycelium_key" {
  description = "Mycelium key of this network on the node, 32 bytes in hex; null without Mycelium."
  type        = string
  default     = null
  sensitive   = true
}

variable "mycelium_ip_seed" {
  description = "Seed of the machine's Mycelium address, 6 bytes in hex; null without Mycelium."
  type        = string
  default     = null
}
