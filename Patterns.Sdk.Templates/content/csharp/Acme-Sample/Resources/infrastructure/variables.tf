variable "deployment_id" {
  description = "Part of every name on the grid."
  type        = string
}

variable "solution_type" {
  description = "Tag of every resource, by which a deployment's resources can be found without its state."
  type        = string
}

variable "grid_network" {
  description = "main, test, qa or dev."
  type        = string
}

variable "ip_range" {
  description = "The deployment's private network, a /16."
  type        = string
}

variable "node_id" {
  description = "The node that runs the machine."
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

variable "disk" {
  description = "Root file system in MB."
  type        = number
}

variable "ssh_keys" {
  description = "Public keys that may log in as root."
  type        = list(string)
}
