using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.FolderPatterns;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Catalog;

/// <summary>
/// Reads a plugin's identity and problems from its files. Missing files are handled without exceptions, because the
/// first exception of a process takes longer than a listing.
/// </summary>
internal static class PluginReader
{
    /// <summary>Null if the folder holds a plugin of another kind.</summary>
    public static PatternCatalogEntry? Read(string folder, bool builtIn)
    {
        if (Assembly(folder, builtIn) is { } assembly)
        {
            return assembly;
        }

        string yaml = Path.Combine(folder, PatternYaml.FileName);
        if (File.Exists(yaml))
        {
            return Folder(folder, yaml, builtIn);
        }

        return File.Exists(Path.Combine(folder, LifecyclePlugin.FileName))
            ? null
            : new() { Folder = folder, BuiltIn = builtIn, Problem = PluginProblems.NoDescriptor(folder) };
    }

    // Null if it has no descriptor.
    private static PatternCatalogEntry? Assembly(string folder, bool builtIn)
    {
        PluginDescriptor? descriptor = null;
        Diagnostic? problem = null;
        try
        {
            string path = Path.Combine(folder, PluginDescriptor.FileName);
            if (!File.Exists(path))
            {
                return null;
            }

            problem = DescriptorReader.TryRead(PlainFile.ReadBytes(path), out descriptor, out string wrong)
                ? ContractProblem(descriptor) ?? AssemblyProblem(descriptor, folder)
                : PluginProblems.InvalidDescriptor(folder, wrong);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            problem = PluginProblems.InvalidDescriptor(folder, $"cannot be read: {refused.Message}");
        }

        return new() { Folder = folder, BuiltIn = builtIn, Descriptor = descriptor, Problem = problem };
    }

    private static PatternCatalogEntry Folder(string folder, string path, bool builtIn)
    {
        PluginDescriptor? descriptor = null;
        Diagnostic? problem;
        try
        {
            if (PatternYamlHead.TryRead(PlainFile.ReadBytes(path), path, out descriptor, out problem))
            {
                problem = ContractProblem(descriptor)
                    ?? (File.Exists(Path.Combine(folder, PatternYaml.MainFile))
                        ? null
                        : PluginProblems.NoMainFile(descriptor.Name, folder));
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            problem = PluginProblems.UnreadableFolderPattern(path, $"cannot be read: {refused.Message}");
        }

        return new()
        {
            Kind = PatternKind.Folder,
            Folder = folder,
            BuiltIn = builtIn,
            Descriptor = descriptor,
            Problem = problem,
        };
    }

    private static Diagnostic? ContractProblem(PluginDescriptor descriptor)
    {
        if (descriptor.ContractMajor < SdkContract.Major)
        {
            return PluginProblems.ContractTooOld(descriptor);
        }

        return descriptor.ContractMajor > SdkContract.Major || descriptor.ContractMinor > SdkContract.Minor
            ? PluginProblems.ContractTooNew(descriptor)
            : null;
    }

    private static Diagnostic? AssemblyProblem(PluginDescriptor descriptor, string folder)
    {
        string path = Path.Combine(folder, descriptor.Assembly);
        if (!File.Exists(path))
        {
            return PluginProblems.NoAssembly(descriptor, folder);
        }

        // Detects accidents, such as an incomplete copy or a rebuilt assembly. The SHA-256 at load detects everything
        // else; its library takes longer to load than reading all assemblies.
        string actual = descriptor.Crc32C.Length > 0 ? Crc32C.OfFile(path).ToString("x8", CultureInfo.InvariantCulture) : "";
        if (actual != descriptor.Crc32C)
        {
            return PluginProblems.AssemblyChanged(descriptor, actual);
        }

        return DependencyFile.MissingAsset(folder, descriptor.Assembly) is { } missing
            ? PluginProblems.DependencyMissing(descriptor.Name, missing, folder)
            : null;
    }
}
