# Every pattern must have the first four outputs.
output "primary_ip" {
  value = grid_deployment.vm.vms[0].ip
}

output "primary_ip_type" {
  value = "wireguard"
}

output "deployment_name" {
  value = grid_deployment.vm.name
}

output "node_ids" {
  value = [var.node_id]
}

output "network_name" {
  value = grid_network.private.name
}

output "wg_config" {
  value     = grid_network.private.access_wg_config
  sensitive = true
}
