terraform {
  required_version = ">= 1.6"

  required_providers {
    grid = {
      source  = "threefoldtech/grid"
      version = ">= 1.11, < 2"
    }
  }
}

# The mnemonic comes from the environment: saved plans would contain a variable in clear text.
provider "grid" {
  network = var.grid_network
}

resource "grid_network" "private" {
  name          = "net_${var.deployment_id}"
  solution_type = var.solution_type
  nodes         = [var.node_id]
  ip_range      = var.ip_range
  add_wg_access = true
}

resource "grid_deployment" "vm" {
  name          = "vm_${var.deployment_id}"
  solution_type = var.solution_type
  node          = var.node_id
  network_name  = grid_network.private.name

  vms {
    name        = "vm"
    flist       = "https://hub.grid.tf/tf-official-vms/ubuntu-24.04-full.flist"
    entrypoint  = "/sbin/zinit init"
    cpu         = var.cpu
    memory      = var.memory
    rootfs_size = var.disk

    env_vars = {
      SSH_KEY = join("\n", var.ssh_keys)
    }
  }
}
