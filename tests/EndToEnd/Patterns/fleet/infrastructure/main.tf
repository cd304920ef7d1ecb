terraform {
  required_providers {
    grid = { source = "threefoldtech/grid", version = ">= 1.11, < 2" }
  }
}

provider "grid" { network = var.grid_network }

locals {
  machines  = { for machine in var.machines : machine.name => machine }
  mycelium  = contains(var.networks, "mycelium")
  wireguard = contains(var.networks, "wireguard")
}

resource "grid_network" "net" {
  name          = "net_${var.deployment_id}"
  solution_type = var.solution_type
  nodes         = var.node_ids
  ip_range      = var.ip_range
  add_wg_access = local.wireguard
  mycelium_keys = local.mycelium ? { for node in var.node_ids : tostring(node) => sha256("${var.mycelium_key}${node}") } : null
}

resource "grid_deployment" "node" {
  for_each      = local.machines
  name          = "${each.key}_${var.deployment_id}"
  solution_type = var.solution_type
  node          = each.value.node_id
  network_name  = grid_network.net.name

  vms {
    name             = each.key
    flist            = "https://hub.grid.tf/tf-official-vms/ubuntu-24.04-full.flist"
    entrypoint       = "/sbin/zinit init"
    cpu              = var.cpu
    memory           = var.memory
    rootfs_size      = var.rootfs_size
    mycelium_ip_seed = local.mycelium ? substr(sha256("${var.mycelium_seed}${each.key}"), 0, 12) : null
    env_vars         = { SSH_KEY = join("\n", var.ssh_keys) }
  }
}
