output "primary_ip" {
  value = "x"
}
output "primary_ip_type" {
  value = "x"
}
output "deployment_name" {
  value = "x"
}
output "node_ids" {
  value = [var.node_id]
}
