using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Networks;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>What machines may currently reach of this computer and its private surroundings.</summary>
internal static class Surroundings
{
    public static Reachable Of(Computer computer) => new(
        HostNetwork.Nameservers(new HostNetwork(computer).ResolvConf()), new PackageMirrors(computer).Private());
}
