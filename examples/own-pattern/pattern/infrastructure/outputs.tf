output "primary_ip" {
  value = var.networks[0] == "mycelium" ? grid_deployment.server.vms[0].mycelium_ip : grid_deployment.server.vms[0].ip
}

output "primary_ip_type" { value = var.networks[0] }
output "deployment_name" { value = grid_deployment.server.name }
output "node_ids" { value = [var.node_id] }
output "mycelium_ip" { value = local.mycelium ? grid_deployment.server.vms[0].mycelium_ip : null }
output "network_name" { value = grid_network.net.name }
output "flist" { value = local.flist }

output "wg_config" {
  value     = local.wireguard ? grid_network.net.access_wg_config : null
  sensitive = true
}
