variable "deployment_id" { type = string }
variable "solution_type" { type = string }
variable "ip_range" { type = string }
variable "node_id" { type = number }
variable "cpu" { type = number }
variable "ssh_keys" { type = list(string) }

variable "comment" {
  type    = string
  default = "nothing to say"
}
