terraform {
  required_version = ">= 1.6"

  required_providers {
    grid = {
      source  = "threefoldtech/grid"
      version = ">= 1.11"
    }
  }
}

# The mnemonic comes from the environment (MNEMONIC): a variable would lie in clear in saved plans.
provider "grid" {
  network = var.grid_network
}
