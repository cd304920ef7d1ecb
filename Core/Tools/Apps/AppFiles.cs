using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// Which files of an app are copied where. The target folders are those that existing apps' hooks expect.
/// </summary>
public static class AppFiles
{
    public const string DeploymentFolder = "/tmp/app-deployment";
    public const string SourceFolder = "/tmp/app-source";

    private const string Source = "src";
    private static readonly string[] BesideSource =
    [
        "docker-compose.yaml",
        "docker-compose.yml",
        "scripts",
        "config",
        "templates",
    ];
    private static readonly HashSet<string> NeverCopied = [".git", ".tfgrid-compose", ".terraform", ".tfgrid-mnemonic"];

    public static IReadOnlyList<AppFile> Of(Manifest manifest)
    {
        string app = manifest.AppFolder;
        string deployment = manifest.Deployment.Folder;
        IEnumerable<AppFile> files =
            manifest.Deployment.FolderExists ? Tree(Path.Combine(app, deployment), DeploymentFolder) : [];
        if (Directory.Exists(Path.Combine(app, Source)))
        {
            files = files.Concat(Tree(Path.Combine(app, Source), SourceFolder));
            files = files.Concat(
                BesideSource.SelectMany(name => Entry(Path.Combine(app, name), $"{SourceFolder}/{name}")));
        }
        else
        {
            string hooks = deployment.Split('/')[0];
            files = files.Concat(Directory.EnumerateFileSystemEntries(app)
                .Where(path => Path.GetFileName(path) != hooks)
                .SelectMany(path => Entry(path, $"{SourceFolder}/{Path.GetFileName(path)}")));
        }

        // The app's own pattern is used by Terraform and Ansible on this machine only.
        if (manifest.Pattern.Folder is { } pattern && pattern.StartsWith(app + "/", StringComparison.Ordinal))
        {
            string ownPattern = pattern.TrimEnd('/') + "/";
            files = files.Where(file => !file.LocalPath.StartsWith(ownPattern, StringComparison.Ordinal));
        }

        return [.. files.OrderBy(file => file.HostPath, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Changes when a file's path, content or mode changes. The manifest, which is copied if there is no <c>src</c>, is
    /// left out: hooks get its values as variables, and another number of machines does not change the app.
    /// </summary>
    public static string FingerprintOf(IReadOnlyList<AppFile> files) => Fingerprint.Of(
        files.Where(file => file.HostPath != $"{SourceFolder[1..]}/{ManifestFile.FileName}")
            .SelectMany(file => new[] { file.HostPath, ContentOf(file.LocalPath) }));

    private static string ContentOf(string path)
    {
        var info = new FileInfo(path);
        return info.LinkTarget is { } target ? $"-> {target}" : $"{(int)info.UnixFileMode} {Fingerprint.OfFile(path)}";
    }

    private static IEnumerable<AppFile> Entry(string path, string hostPath)
    {
        if (NeverCopied.Contains(Path.GetFileName(path)))
        {
            return [];
        }

        bool isTree = Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null;
        return isTree ? Tree(path, hostPath) : Path.Exists(path) ? [new AppFile(hostPath[1..], path)] : [];
    }

    private static IEnumerable<AppFile> Tree(string folder, string hostFolder) =>
        Directory.EnumerateFileSystemEntries(folder)
            .SelectMany(path => Entry(path, $"{hostFolder}/{Path.GetFileName(path)}"));
}
