using TfgridCompose.LocalGrid.Control;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Protocol;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.World;

// With the caller's umask, services in the machines might not be able to read their own root folder.
_ = Libc.SetUmask(Libc.UsualUmask);
InheritedFiles.KeepFromChildren();
var store = new WorldStore(WorldPaths.Default, Computer.This.Clock);
if (Environment.GetEnvironmentVariable(PluginProcess.CookieVariable) is not null)
{
    await PluginProcess.RunAsync(new ProviderService(GridProvider.Kinds(store, Computer.This)));
    return 0;
}

return new ControlProgram(store, Computer.This, new Streams(Console.In, Console.Out, Console.Error)).Run(args);
