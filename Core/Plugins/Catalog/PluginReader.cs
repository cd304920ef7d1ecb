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
internal sealed class PluginReader
{
    private readonly FileBuffer _file = new();

    /// <summary>Null if the folder holds a plugin of another kind.</summary>
    public PatternCatalogEntry? Read(string folder, bool builtIn)
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
    private PatternCatalogEntry? Assembly(string folder, bool builtIn)
    {
        PluginDescriptor? descriptor = null;
        Diagnostic? problem = null;
        try
        {
            if (!_file.TryRead(Path.Combine(folder, PluginDescriptor.FileName), out ReadOnlySpan<byte> json))
            {
                return null;
            }

            problem = DescriptorReader.TryRead(json, out descriptor, out string wrong)
                ? ContractProblem(descriptor) ?? AssemblyProblem(descriptor, folder)
                : PluginProblems.InvalidDescriptor(folder, wrong);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            problem = PluginProblems.InvalidDescriptor(folder, $"cannot be read: {refused.Message}");
        }

        return new() { Folder = folder, BuiltIn = builtIn, Descriptor = descriptor, Problem = problem };
    }

    private PatternCatalogEntry Folder(string folder, string path, bool builtIn)
    {
        PluginDescriptor? descriptor = null;
        Diagnostic? problem;
        try
        {
            _file.TryRead(path, out ReadOnlySpan<byte> yaml);
            if (PatternYamlHead.TryRead(yaml, path, out descriptor, out problem))
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

    private Diagnostic? AssemblyProblem(PluginDescriptor descriptor, string folder)
    {
        if (!_file.TryRead(Path.Combine(folder, descriptor.Assembly), out ReadOnlySpan<byte> content))
        {
            return PluginProblems.NoAssembly(descriptor, folder);
        }

        // Detects accidents, such as an incomplete copy or a rebuilt assembly. The SHA-256 at load detects everything
        // else; its library takes longer to load than reading all assemblies.
        string actual = descriptor.Crc32C.Length > 0 ? HexDigits(Crc32C.Of(content)) : "";
        if (actual != descriptor.Crc32C)
        {
            return PluginProblems.AssemblyChanged(descriptor, actual);
        }

        return DependencyFile.MissingAsset(folder, descriptor.Assembly, _file) is { } missing
            ? PluginProblems.DependencyMissing(descriptor.Name, missing, folder)
            : null;
    }

    // By hand: compiling the formatting of a process's first number takes longer.
    private static string HexDigits(uint value)
    {
        const string digits = "0123456789abcdef";
        Span<char> text = stackalloc char[8];
        for (int i = text.Length - 1; i >= 0; i--, value >>= 4)
        {
            text[i] = digits[(int)(value & 15)];
        }

        return new string(text);
    }
}
