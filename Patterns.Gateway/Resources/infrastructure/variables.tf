variable "deployment_id" {
  description = "Id of the deployment; part of the names on the grid."
  type        = string
}

variable "solution_type" {
  description = "What the grid contracts carry, so that they can be found without this state."
  type        = string
}

variable "grid_network" {
  description = "Grid network: main, test, qa or dev."
  type        = string
}

variable "ip_range" {
  description = "Private network of the deployment, a /16."
  type        = string
}

variable "networks" {
  description = "Networks of the deployment, the preferred one first: wireguard, mycelium, ipv4, ipv6. Public ones are the gateway's alone."
  type        = list(string)

  validation {
    condition     = length(setintersection(var.networks, ["wireguard", "mycelium"])) > 0 && length(setsubtract(var.networks, ["wireguard", "mycelium", "ipv4", "ipv6"])) == 0
    error_message = "Use wireguard or mycelium or both, and beside them ipv4 and ipv6."
  }
}

variable "gateway" {
  description = "The gateway: its node, CPUs, memory and root file system in MB, and the seed of its Mycelium address (6 bytes in hex) or null."
  type = object({
    node_id          = number
    cpu              = number
    memory           = number
    rootfs_size      = number
    mycelium_ip_seed = string
  })
}

variable "backends" {
  description = "The backends by name, each described as the gateway is."
  type = map(object({
    node_id          = number
    cpu              = number
    memory           = number
    rootfs_size      = number
    mycelium_ip_seed = string
  }))
}

variable "ssh_keys" {
  description = "Public SSH keys that may log in as root."
  type        = list(string)
}

variable "mycelium_keys" {
  description = "Key of Mycelium in this network for each node id, 32 bytes in hex; empty without Mycelium."
  type        = map(string)
  default     = {}
  sensitive   = true
}
