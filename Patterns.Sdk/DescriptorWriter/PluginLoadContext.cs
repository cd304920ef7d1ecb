using System.Reflection;
using System.Runtime.Loader;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.DescriptorWriter;

/// <summary>Loads the pattern with its private dependencies, but with this program's SDK, as the host does.</summary>
internal sealed class PluginLoadContext(string assembly) : AssemblyLoadContext(nameof(PluginLoadContext))
{
    private static readonly string?[] Shared =
        [typeof(IPattern).Assembly.GetName().Name, typeof(System.Composition.ExportAttribute).Assembly.GetName().Name];

    private readonly AssemblyDependencyResolver _resolver = new(assembly);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        !Shared.Contains(assemblyName.Name) && _resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : null;
}
