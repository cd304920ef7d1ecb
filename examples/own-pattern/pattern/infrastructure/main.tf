terraform {
  required_providers {
    grid = { source = "threefoldtech/grid", version = ">= 1.11, < 2" }
  }
}

provider "grid" { network = var.grid_network }

locals {
  flist     = "https://hub.grid.tf/tf-official-vms/ubuntu-24.04-full.flist"
  mycelium  = contains(var.networks, "mycelium")
  wireguard = contains(var.networks, "wireguard")
}

resource "grid_network" "net" {
  name          = "net_${var.deployment_id}"
  solution_type = var.solution_type
  nodes         = [var.node_id]
  ip_range      = var.ip_range
  add_wg_access = local.wireguard
  mycelium_keys = local.mycelium ? { (tostring(var.node_id)) = var.mycelium_key } : null
}

resource "grid_deployment" "server" {
  name          = "server_${var.deployment_id}"
  solution_type = var.solution_type
  node          = var.node_id
  network_name  = grid_network.net.name

  vms {
    name             = "server"
    flist            = local.flist
    entrypoint       = "/sbin/zinit init"
    cpu              = var.cpu
    memory           = var.memory
    rootfs_size      = var.rootfs_size
    mycelium_ip_seed = local.mycelium ? var.mycelium_ip_seed : null
    env_vars         = { SSH_KEY = join("\n", var.ssh_keys) }
  }
}
