namespace TfgridCompose.LocalGrid.Control;

internal static class Help
{
    public const string Text =
        """
        tfgrid-localgrid: a ThreeFold Grid on this machine. Started by Terraform it is the provider threefoldtech/grid.

          query PATH            GridProxy's API: query '/nodes?status=up&features=zmachine,network'
          image ensure          build the machines' base image where it is missing
          requirements          what this machine lacks
          status                image, nodes, contracts, machines, leftovers
          prune                 remove what belongs to no live contract
          reset [--all]         destroy everything; with --all the image and the caches too
          cancel SOLUTION_TYPE  end the contracts that carry it, for example tfc/abc123xyz
          cancel --contracts N...  end contracts by their numbers; a network goes with the last of its own
          fault add KIND [--node N] [--times N]    KIND: refuse, half-way, no-boot, slow-network, provider-dies
          fault list | clear
          machine stop MACHINE  cut a machine's power (MACHINE as in status, for example tfl-v5); its contract, files and addresses stay
          machine start MACHINE boot it again
          mirror DIR            write a Terraform provider mirror
          version | help
        """;
}
