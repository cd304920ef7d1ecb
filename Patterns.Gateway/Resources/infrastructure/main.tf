locals {
  flist      = "https://hub.grid.tf/tf-official-vms/ubuntu-24.04-full.flist"
  entrypoint = "/sbin/zinit init"

  wireguard = contains(var.networks, "wireguard")
  mycelium  = contains(var.networks, "mycelium")
  nodes     = distinct(concat([var.gateway.node_id], [for name in sort(keys(var.backends)) : var.backends[name].node_id]))
}

# One private network for all machines. Adding or removing a backend changes only this and the backend's own deployment.
resource "grid_network" "net" {
  name          = "net_${var.deployment_id}"
  description   = "Private network of ${var.deployment_id}"
  solution_type = var.solution_type
  nodes         = local.nodes
  ip_range      = var.ip_range
  add_wg_access = local.wireguard
  mycelium_keys = local.mycelium ? { for node in local.nodes : tostring(node) => var.mycelium_keys[tostring(node)] } : null
}

resource "grid_deployment" "gateway" {
  name          = "gateway_${var.deployment_id}"
  solution_type = var.solution_type
  node          = var.gateway.node_id
  network_name  = grid_network.net.name

  vms {
    name             = "gateway"
    flist            = local.flist
    entrypoint       = local.entrypoint
    cpu              = var.gateway.cpu
    memory           = var.gateway.memory
    rootfs_size      = var.gateway.rootfs_size
    publicip         = true
    publicip6        = contains(var.networks, "ipv6")
    mycelium_ip_seed = var.gateway.mycelium_ip_seed

    env_vars = {
      SSH_KEY = join("\n", var.ssh_keys)
    }
  }
}

resource "grid_deployment" "backend" {
  for_each = var.backends

  name          = "${each.key}_${var.deployment_id}"
  solution_type = var.solution_type
  node          = each.value.node_id
  network_name  = grid_network.net.name

  vms {
    name             = each.key
    flist            = local.flist
    entrypoint       = local.entrypoint
    cpu              = each.value.cpu
    memory           = each.value.memory
    rootfs_size      = each.value.rootfs_size
    mycelium_ip_seed = each.value.mycelium_ip_seed

    env_vars = {
      SSH_KEY = join("\n", var.ssh_keys)
    }
  }
}
