output "primary_ip" { value = grid_deployment.box.vms[0].ip }
output "primary_ip_type" { value = "wireguard" }
output "deployment_name" { value = grid_deployment.box.name }
output "node_ids" { value = [var.node_id] }
output "wg_config" {
  value     = grid_network.net.access_wg_config
  sensitive = true
}
