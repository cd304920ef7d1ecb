namespace TfgridCompose.LocalGrid.Control;

internal static class Help
{
    public const string Text =
        """
        tfgrid-localgrid: a ThreeFold Grid on this computer. Terraform starts it as the provider threefoldtech/grid.

          query PATH               answer as GridProxy does: query '/nodes?status=up&features=zmachine,network'
          image ensure [--profile usual|harsh]
                                   build the machines' base image if it is missing; without the option for the
                                   profile that TFGRID_LOCALGRID_PROFILE names
          requirements             show what this computer lacks
          status                   show image, nodes, contracts, machines and leftovers; without root, not all leftovers
          start                    after a reboot of this computer: bring networks and machines back
          prune                    remove what belongs to no contract
          reset [--all]            destroy everything; with --all the image and the caches too
          cancel SOLUTION_TYPE     end the contracts with this solution type, for example tfc/abc123xyz
          cancel --contracts N...  end contracts by number; a network ends with the last of its contracts
          fault add KIND [--node N] [--times N]
                                   inject a fault: refuse, unhealthy, half-way, no-boot,
                                   slow-network, provider-dies or late-node
          fault list | clear       show or clear the injected faults
          machine stop MACHINE     cut a machine's power (MACHINE as in status, for example tfl-v5);
                                   its contract, files and addresses stay
          machine start MACHINE    boot it again
          mirror DIR               write a Terraform provider mirror
          version | help
        """;
}
