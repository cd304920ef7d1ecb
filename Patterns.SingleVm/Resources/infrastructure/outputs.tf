locals {
  vm = grid_deployment.vm.vms[0]

  # Public addresses have a prefix length (a.b.c.d/24); a missing one is null or "".
  addresses = {
    wireguard = local.vm.ip
    mycelium  = local.vm.mycelium_ip
    ipv4      = split("/", coalesce(local.vm.computedip, "/"))[0]
    ipv6      = split("/", coalesce(local.vm.computedip6, "/"))[0]
  }

  types = {
    wireguard = "wireguard"
    mycelium  = "mycelium"
    ipv4      = "public"
    ipv6      = "public"
  }
}

output "primary_ip" {
  description = "Address on the preferred network."
  value       = local.addresses[var.networks[0]]
}

output "primary_ip_type" {
  description = "wireguard, mycelium or public."
  value       = local.types[var.networks[0]]
}

output "deployment_name" {
  description = "Name of the deployment on the grid."
  value       = grid_deployment.vm.name
}

output "node_ids" {
  description = "The node that runs the machine."
  value       = [var.node_id]
}

output "secondary_ips" {
  description = "Every address of the machine, the preferred one first."
  value = [for network in var.networks : {
    name = "vm"
    ip   = local.addresses[network]
    type = local.types[network]
    role = "vm"
  }]
}

output "mycelium_ip" {
  description = "Mycelium address; null without Mycelium."
  value       = local.mycelium ? local.addresses.mycelium : null
}

output "wg_config" {
  description = "WireGuard configuration for the user's machine; null without WireGuard."
  value       = local.wireguard ? grid_network.net.access_wg_config : null
  sensitive   = true
}

output "network_name" {
  description = "Name of the private network on the grid."
  value       = grid_network.net.name
}

output "connection_info" {
  description = "Facts for users."
  value = {
    ssh      = "ssh root@${local.addresses[var.networks[0]]}"
    networks = join(", ", var.networks)
    node     = tostring(var.node_id)
  }
}
