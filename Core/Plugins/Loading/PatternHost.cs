using System.Composition.Hosting;
using System.Reflection;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins.Loader;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.FolderPatterns;
using TfgridCompose.Patterns.Sdk;
using PatternFactory = System.Composition.ExportFactory<
    TfgridCompose.Patterns.Sdk.IPattern, System.Collections.Generic.IDictionary<string, object>>;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// Loads one plugin into its own load context and MEF container. In a shared container, one bad import would break all
/// plugins.
/// </summary>
public static class PatternHost
{
    // Both are shared: MEF compares the attribute's type, and a plugin with its own copy of either assembly must use the
    // host's.
    private static readonly Type[] SharedTypes = [typeof(IPattern), typeof(System.Composition.ExportAttribute)];

    /// <summary>
    /// The pattern behind its boundary. Throws one <see cref="DiagnosticException"/> with exit code 8 if it cannot be
    /// loaded.
    /// </summary>
    public static IPattern Load(PatternCatalogEntry entry)
    {
        if (entry.Kind == PatternKind.Folder)
        {
            return LoadFolder(entry);
        }

        if (entry.Problem is not null || entry.Descriptor is null)
        {
            throw new DiagnosticException(
                ExitCode.Pattern, [entry.Problem ?? PluginProblems.NoDescriptor(entry.Folder)]);
        }

        var faults = new LoadFaults(entry.Descriptor, entry.Folder);
        CheckHash(entry.Descriptor, entry.Folder, faults);
        CheckNativeLibraries(entry.Folder, faults);
        Assembly assembly = OpenAssembly(Path.Combine(entry.Folder, entry.Descriptor.Assembly), faults);
        CheckContract(assembly, faults);
        return new GuardedPattern(entry.Name, Create(assembly, entry.Descriptor, faults));
    }

    // A listing finds only the first problem of the file; loading reports all of them.
    private static GuardedPattern LoadFolder(PatternCatalogEntry entry)
    {
        if (entry is { Descriptor: not null, Problem: { Code: not FolderPatternCodes.NoMainFile } problem })
        {
            throw new DiagnosticException(ExitCode.Pattern, [problem]);
        }

        return new GuardedPattern(entry.Name, new FolderPattern(entry.Definition));
    }

    private static void CheckHash(PluginDescriptor plugin, string folder, LoadFaults faults)
    {
        string actual;
        try
        {
            actual = AssemblyHash.Of(Path.Combine(folder, plugin.Assembly));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw faults.NotAnAssembly(refused);
        }

        if (actual != plugin.Sha256)
        {
            throw faults.AssemblyChanged(actual);
        }
    }

    private static void CheckNativeLibraries(string folder, LoadFaults faults)
    {
        string? mismatch;
        try
        {
            mismatch = NativeLibraries.Mismatch(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw faults.Unreadable(refused);
        }

        if (mismatch is not null)
        {
            throw faults.NativeMismatch(mismatch);
        }
    }

    private static Assembly OpenAssembly(string path, LoadFaults faults)
    {
        try
        {
            return PluginContext(path).LoadFromAssemblyPath(path);
        }
        catch (Exception unreadable)
        {
            throw faults.NotAnAssembly(unreadable);
        }
    }

    // PluginLoader would also read the runtimeconfig.json of plugin and host, which costs every `up` 60 ms. It looks there for
    // package folders; a plugin has all of its assemblies in its own folder.
    private static AssemblyLoadContext PluginContext(string path)
    {
        AssemblyLoadContextBuilder context = new AssemblyLoadContextBuilder().SetMainAssemblyPath(path);
        foreach (Type shared in SharedTypes)
        {
            context.PreferDefaultLoadContextAssembly(shared.Assembly.GetName());
        }

        return context.Build();
    }

    // The runtime would silently bind a lower version, and with a private copy of a higher one MEF would silently find
    // no export.
    private static void CheckContract(Assembly assembly, LoadFaults faults)
    {
        AssemblyName host = typeof(IPattern).Assembly.GetName();
        AssemblyName? built =
            assembly.GetReferencedAssemblies().FirstOrDefault(reference => reference.Name == host.Name);
        if (built?.Version is { } version && version.Major != SdkContract.Major)
        {
            throw faults.OtherContract(version);
        }
    }

    private static IPattern Create(Assembly assembly, PluginDescriptor plugin, LoadFaults faults)
    {
        PatternFactory factory = OnlyExport(assembly, faults);
        string name = Metadata(factory, nameof(ExportPatternAttribute.Name));
        string version = Metadata(factory, nameof(ExportPatternAttribute.Version));
        if (name.Length == 0 || version.Length == 0)
        {
            throw faults.NoMetadata();
        }

        if (name != plugin.Name || version != plugin.Version)
        {
            throw faults.DescriptorDiffers(name, version);
        }

        try
        {
            return PluginCall.Run(() => factory.CreateExport().Value) ?? throw faults.NoExport();
        }
        catch (Exception thrown) when (thrown is not DiagnosticException)
        {
            throw faults.NotCreated(thrown);
        }
    }

    // For a class of metadata, MEF would compile its reader at every start.
    private static string Metadata(PatternFactory factory, string key) =>
        factory.Metadata.TryGetValue(key, out object? value) && value is string text ? text : "";

    private static PatternFactory OnlyExport(Assembly assembly, LoadFaults faults)
    {
        PatternFactory[] exports;
        try
        {
            exports = PluginCall.Run(() => new ContainerConfiguration()
                .WithAssembly(assembly)
                .CreateContainer()
                .GetExports<PatternFactory>()
                .ToArray()) ?? [];
        }
        catch (Exception thrown)
        {
            throw faults.NotScanned(thrown);
        }

        return exports.Length switch
        {
            1 => exports[0],
            0 => throw faults.NoExport(),
            _ => throw faults.SeveralExports(exports.Length),
        };
    }
}
