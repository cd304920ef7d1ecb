using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>
/// The files in a pattern's <c>infrastructure/</c> and <c>platform/</c>, read once, so that an edit during a run
/// affects only the next one. Links are followed only inside the pattern's folder.
/// </summary>
internal sealed class PatternFolderFiles
{
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly string _root;
    private readonly List<Diagnostic> _problems = [];
    private readonly List<KeyValuePair<string, byte[]>> _files = [];
    private long _bytes;

    private PatternFolderFiles(string folder) => _root = AppPath.Resolve(folder);

    /// <summary>Ordered by path.</summary>
    public IReadOnlyList<PatternFile> Files =>
    [
        .. _files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => new PatternFile(file.Key, () => new MemoryStream(file.Value, writable: false))),
    ];

    public IReadOnlyList<Diagnostic> Problems => _problems;

    public static PatternFolderFiles Of(string folder)
    {
        var files = new PatternFolderFiles(folder);
        foreach (string part in new[] { PatternYaml.InfrastructureFolder, PatternYaml.PlatformFolder })
        {
            string path = Path.Combine(folder, part);
            if (Path.Exists(path))
            {
                files.Take(path, part, []);
            }
        }

        return files;
    }

    /// <summary>Variables and outputs of the root module.</summary>
    public IReadOnlyList<TerraformBlock> RootModule(string folder) =>
    [
        .. _files
            .Where(file => Path.GetDirectoryName(file.Key) == PatternYaml.InfrastructureFolder
                && file.Key.EndsWith(".tf", StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .SelectMany(file => TerraformBlock.Of(Encoding.UTF8.GetString(file.Value), Path.Combine(folder, file.Key))),
    ];

    // Leftovers of Terraform and of people. Values come from pattern.yaml; a tfvars file would be read in addition.
    private static bool IsLeftOver(string name) =>
        name is ".terraform" or ".terraform.lock.hcl" or ".git" or ".DS_Store"
            || name.EndsWith(".tfstate", StringComparison.Ordinal)
            || name.Contains(".tfstate.", StringComparison.Ordinal)
            || name.EndsWith(".tfvars", StringComparison.Ordinal)
            || name.EndsWith(".tfvars.json", StringComparison.Ordinal);

    private void Take(string path, string name, IReadOnlyList<string> above)
    {
        try
        {
            string real = AppPath.Resolve(path);
            if (!real.StartsWith(_root + "/", StringComparison.Ordinal))
            {
                Refuse(path, $"is a link to {real}, outside the pattern's folder", "copy the file into the pattern");
            }
            else if (above.Contains(real) || new FileInfo(real).LinkTarget is not null)
            {
                Refuse(path, "is a circular link", "remove it");
            }
            else if (Directory.Exists(real))
            {
                TakeFolder(path, name, [.. above, real]);
            }
            else
            {
                TakeFile(path, name);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Refuse(path, $"cannot be read: {refused.Message}", "give this user the right to read it, or remove it");
        }
    }

    private void TakeFolder(string path, string name, IReadOnlyList<string> above)
    {
        foreach (string entry in Directory.GetFileSystemEntries(path)
            .Where(entry => !IsLeftOver(Path.GetFileName(entry))))
        {
            Take(entry, $"{name}/{Path.GetFileName(entry)}", above);
        }
    }

    private void TakeFile(string path, string name)
    {
        _bytes += new FileInfo(AppPath.Resolve(path)).Length;
        if (_bytes > MostBytes)
        {
            throw new IOException($"the pattern holds more than {MostBytes / 1024 / 1024} MB");
        }

        _files.Add(new(name, PlainFile.ReadBytes(path)));
    }

    private void Refuse(string path, string what, string remedy) =>
        _problems.Add(Diagnostic.Error(FolderPatternCodes.FileRefused, $"The pattern's file {path} {what}", remedy));
}
