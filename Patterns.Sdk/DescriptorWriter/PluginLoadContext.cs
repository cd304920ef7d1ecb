using System.Reflection;
using System.Runtime.Loader;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.DescriptorWriter;

/// <summary>Loads the pattern beside its private dependencies and lends it this program's SDK, as the host will.</summary>
internal sealed class PluginLoadContext(string assembly) : AssemblyLoadContext(nameof(PluginLoadContext))
{
    private static readonly string?[] Shared =
        [typeof(IPattern).Assembly.GetName().Name, typeof(System.Composition.ExportAttribute).Assembly.GetName().Name];

    private readonly AssemblyDependencyResolver _resolver = new(assembly);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        !Shared.Contains(assemblyName.Name) && _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
}
