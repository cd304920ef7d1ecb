terraform {
  required_providers {
    grid = {
      source = "threefoldtech/grid"
    }
  }
}

variable "deployment_id" { type = string }
variable "solution_type" { type = string }
variable "ip_range" { type = string }
variable "node_id" { type = number }
variable "ssh_keys" { type = list(string) }

resource "grid_network" "net" {
  name          = "net_${var.deployment_id}"
  solution_type = var.solution_type
  nodes         = [var.node_id]
  ip_range      = var.ip_range
}

resource "grid_deployment" "box" {
  name          = "box_${var.deployment_id}"
  solution_type = var.solution_type
  node          = var.node_id
  network_name  = grid_network.net.name

  vms {
    name     = "box"
    flist    = "https://hub.grid.tf/tf-official-vms/ubuntu-24.04-full.flist"
    memory   = 256
    env_vars = { SSH_KEY = join("\n", var.ssh_keys) }
  }
}

output "primary_ip" { value = grid_deployment.box.vms[0].ip }
output "primary_ip_type" { value = "mycelium" }
output "deployment_name" { value = grid_deployment.box.name }
output "node_ids" { value = [var.node_id] }
