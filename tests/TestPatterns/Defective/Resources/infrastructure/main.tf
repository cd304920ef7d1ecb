terraform {
  required_providers {
    grid = {
      source = "threefoldtech/grid"
    }
  }
}

resource "grid_network" "net" {
  name          = "net_${var.deployment_id}"
  solution_type = var.solution_type
  nodes         = [var.node_id]
  ip_range      = var.ip_range
  add_wg_access = true
}

resource "grid_deployment" "box" {
  name          = "box_${var.deployment_id}"
  solution_type = var.solution_type
  node          = var.node_id
  network_name  = grid_network.net.name

  vms {
    name     = "box"
    flist    = "https://hub.grid.tf/tf-official-vms/ubuntu-24.04-full.flist"
    cpu      = var.cpu
    memory   = 256
    env_vars = { SSH_KEY = join("\n", var.ssh_keys) }
  }
}
