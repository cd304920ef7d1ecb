locals {
  types = {
    wireguard = "wireguard"
    mycelium  = "mycelium"
    ipv4      = "public"
    ipv6      = "public"
  }

  # Backends sorted by number, not by name: backend2 before backend10. A backend that is gone from the grid is left out.
  order = { for name in keys(grid_deployment.backend) : format("%05d", tonumber(trimprefix(name, "backend"))) => name }
  machines = concat(
    [{ name = "gateway", role = "gateway", vm = grid_deployment.gateway.vms[0] }],
    [for number in sort(keys(local.order)) : { name = local.order[number], role = "backend", vm = grid_deployment.backend[local.order[number]].vms[0] }],
  )

  # Public addresses have a prefix length (a.b.c.d/24); a missing one is null or "".
  public = split("/", coalesce(grid_deployment.gateway.vms[0].computedip, "/"))[0]

  addresses = flatten([
    for machine in local.machines : [
      for network in var.networks : {
        name = machine.name
        role = machine.role
        type = local.types[network]
        ip = {
          wireguard = coalesce(machine.vm.ip, "-")
          mycelium  = coalesce(machine.vm.mycelium_ip, "-")
          ipv4      = split("/", coalesce(machine.vm.computedip, "-"))[0]
          ipv6      = split("/", coalesce(machine.vm.computedip6, "-"))[0]
        }[network]
      } if machine.role == "gateway" || contains(["wireguard", "mycelium"], network)
    ]
  ])
}

output "primary_ip" {
  description = "The gateway's public IPv4 address."
  value       = local.public
}

output "primary_ip_type" {
  description = "Always public."
  value       = "public"
}

output "deployment_name" {
  description = "Name of the gateway's deployment on the grid."
  value       = grid_deployment.gateway.name
}

output "node_ids" {
  description = "The machines' nodes, the gateway's first."
  value       = local.nodes
}

output "secondary_ips" {
  description = "Every address of every machine: the gateway's first, and for each machine the preferred one first."
  value       = local.addresses
}

output "mycelium_ip" {
  description = "The gateway's Mycelium address; null without Mycelium."
  value       = local.mycelium ? grid_deployment.gateway.vms[0].mycelium_ip : null
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
    ssh      = "ssh root@${local.public}"
    networks = join(", ", var.networks)
    backends = tostring(length(var.backends))
  }
}
