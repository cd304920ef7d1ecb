output "primary_ip" { value = "10.1.2.2" }
output "primary_ip_type" { value = "wireguard" }
output "deployment_name" { value = "vm" }
output "node_ids" { value = [1] }
