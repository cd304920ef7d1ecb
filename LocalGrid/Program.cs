using TfgridCompose.LocalGrid.Control;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Protocol;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.World;

// A caller's narrow umask must not narrow the machines' own folders: no service of a guest could enter its root then.
_ = Libc.SetUmask(Libc.UsualUmask);
InheritedFiles.KeepFromChildren();
var store = new WorldStore(WorldPaths.Default);
if (Environment.GetEnvironmentVariable(PluginServer.CookieVariable) is not null)
{
    await PluginServer.RunAsync(GridProvider.Create(store));
    return 0;
}

return ControlProgram.Run(args, store);
