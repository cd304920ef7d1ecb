terraform {
  required_version = ">= 1.6"

  required_providers {
    grid = {
      source  = "threefoldtech/grid"
      version = ">= 1.11, < 2"
    }
  }
}

# The mnemonic comes from the environment (MNEMONIC or MNEMONICS): saved plans would contain a variable in clear text.
provider "grid" {
  network = var.grid_network
}
