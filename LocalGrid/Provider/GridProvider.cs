using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>The resource types of threefoldtech/grid.</summary>
internal static class GridProvider
{
    public static Dictionary<string, ResourceKind> Kinds(WorldStore store, Computer computer) =>
        Kinds(store, computer.Kernel.IsRoot ? new LocalEngine(store, computer) : new SudoEngine(computer));

    public static Dictionary<string, ResourceKind> Kinds(WorldStore store, IEngine engine)
    {
        var kinds = GridSchemas.Resources.ToDictionary(
            item => item.Key, ResourceKind (item) => new UnsimulatedResource(item.Key, item.Value));
        kinds["grid_network"] = new NetworkResource(store, engine);
        kinds["grid_deployment"] = new DeploymentResource(store, engine);
        return kinds;
    }
}
