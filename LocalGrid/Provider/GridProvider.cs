using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

internal static class GridProvider
{
    public static ProviderService Create(WorldStore store)
    {
        IEngine engine = Libc.IsRoot ? new LocalEngine(store) : new SudoEngine();
        return new ProviderService(Kinds(store, engine));
    }

    public static Dictionary<string, ResourceKind> Kinds(WorldStore store, IEngine engine)
    {
        var kinds = GridSchemas.Resources.ToDictionary(
            item => item.Key, ResourceKind (item) => new UnsimulatedResource(item.Key, item.Value));
        kinds["grid_network"] = new NetworkResource(store, engine);
        kinds["grid_deployment"] = new DeploymentResource(store, engine);
        return kinds;
    }
}
