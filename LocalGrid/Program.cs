using TfgridCompose.LocalGrid.Control;
using TfgridCompose.LocalGrid.Protocol;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.World;

var store = new WorldStore(WorldPaths.Default);
if (Environment.GetEnvironmentVariable(PluginServer.CookieVariable) is not null)
{
    await PluginServer.RunAsync(GridProvider.Create(store));
    return 0;
}

return ControlProgram.Run(args, store);
