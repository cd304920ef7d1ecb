locals {
  flist = "https://hub.grid.tf/tf-official-vms/ubuntu-24.04-full.flist"

  wireguard = contains(var.networks, "wireguard")
  mycelium  = contains(var.networks, "mycelium")
}

# Every grid machine needs a private network. Access from outside is only set up with WireGuard.
resource "grid_network" "net" {
  name          = "net_${var.deployment_id}"
  description   = "Private network of ${var.deployment_id}"
  solution_type = var.solution_type
  nodes         = [var.node_id]
  ip_range      = var.ip_range
  add_wg_access = local.wireguard
  mycelium_keys = local.mycelium ? { (tostring(var.node_id)) = var.mycelium_key } : null
}

resource "grid_deployment" "vm" {
  name          = "vm_${var.deployment_id}"
  solution_type = var.solution_type
  node          = var.node_id
  network_name  = grid_network.net.name

  vms {
    name             = "vm"
    flist            = local.flist
    entrypoint       = "/sbin/zinit init"
    cpu              = var.cpu
    memory           = var.memory
    rootfs_size      = var.rootfs_size
    publicip         = contains(var.networks, "ipv4")
    publicip6        = contains(var.networks, "ipv6")
    mycelium_ip_seed = var.mycelium_ip_seed

    env_vars = {
      SSH_KEY = join("\n", var.ssh_keys)
    }
  }
}
