using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Plugins.Lifecycle;

namespace TfgridCompose.Cli.Verbs.Patterns;

internal static class PluginsVerb
{
    public static Task<int> ListAsync(NoOptions options, VerbContext context, CancellationToken cancellation)
    {
        IReadOnlyList<LifecyclePlugin> plugins = LifecyclePlugins.Of(context.Here.PluginRoots);
        context.Streams.Out.Write(context.Global.Json ? PluginTable.Json(plugins) : PluginTable.Text(plugins));
        return Task.FromResult(0);
    }
}
