locals {
  first = var.machines[0].name
  addresses = {
    wireguard = { for name, node in grid_deployment.node : name => node.vms[0].ip }
    mycelium  = { for name, node in grid_deployment.node : name => node.vms[0].mycelium_ip }
  }
}

output "primary_ip" { value = local.addresses[var.networks[0]][local.first] }
output "primary_ip_type" { value = var.networks[0] }
output "deployment_name" { value = grid_deployment.node[local.first].name }
output "node_ids" { value = var.node_ids }
output "network_name" { value = grid_network.net.name }
output "mycelium_ip" { value = local.mycelium ? local.addresses.mycelium[local.first] : null }

output "secondary_ips" {
  value = flatten([
    for network in var.networks : [
      for machine in var.machines : { name = machine.name, role = machine.role, type = network, ip = local.addresses[network][machine.name] }
      if !(machine.name == local.first && network == var.networks[0])
    ]
  ])
}

output "wg_config" {
  value     = local.wireguard ? grid_network.net.access_wg_config : null
  sensitive = true
}
