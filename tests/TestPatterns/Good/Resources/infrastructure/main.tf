variable "node_id" {
  type = number
}
