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
  description = "Networks, the preferred one first: wireguard, mycelium, ipv4, ipv6. Only the gateway gets public addresses."
  type        = list(string)

  validation {
    condition = (
      length(setintersection(var.networks, ["wireguard", "mycelium"])) > 0
      && length(setsubtract(var.networks, ["wireguard", "mycelium", "ipv4", "ipv6"])) == 0
    )
    error_message = "Use wireguard, mycelium or both, and optionally ipv4 and ipv6."
  }
}

variable "gateway" {
  description = "The gateway: node, CPUs, memory and root file system in MB, and the seed of its Mycelium address (6 bytes in hex) or null."
  type = object({
    node_id          = number
    cpu              = number
    memory           = number
    rootfs_size      = number
    mycelium_ip_seed = string
  })
}

variable "backends" {
  description = "The backends by name, each with the same attributes as the gateway."
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
  description = "Mycelium key of this network for each node id, 32 bytes in hex; empty without Mycelium."
  type        = map(string)
  default     = {}
  sensitive   = true
}
