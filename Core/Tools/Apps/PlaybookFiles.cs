using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// The app's own playbook and every file that it can read: those in its folder or, if one of them leads out of it, all of the
/// app's. It runs in a copy of these files, so that only what the user agreed to runs.
/// </summary>
public sealed class PlaybookFiles
{
    private const string Outside = "..";
    private const long LongestText = 1024 * 1024;

    private readonly string _appFolder;
    private readonly string _folder;

    private PlaybookFiles(Manifest manifest, string playbook, IEnumerable<AppFile> files)
    {
        (_appFolder, _folder, Playbook) = (manifest.AppFolder, Path.GetDirectoryName(playbook) ?? "", playbook);
        Files = [.. files.DistinctBy(file => file.LocalPath).OrderBy(file => file.LocalPath, StringComparer.Ordinal)];
        Texts = [.. Beside.Where(IsYaml).Select(file => KeyValuePair.Create(NameOf(file), TextOf(file)))];
    }

    /// <summary>Its path, relative to the app's folder.</summary>
    public string Playbook { get; }

    public IReadOnlyList<AppFile> Files { get; }

    /// <summary>Those in the playbook's own folder.</summary>
    public IEnumerable<AppFile> Beside => Files.Where(file => NameOf(file).StartsWith($"{_folder}/", StringComparison.Ordinal));

    /// <summary>The YAML files in the playbook's own folder, by their path.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Texts { get; }

    /// <summary>Null if the app has no playbook: then nothing is read.</summary>
    public static PlaybookFiles? Of(Manifest manifest, Func<AppFiles> files)
    {
        if (manifest.Deployment.Playbook is not { } playbook)
        {
            return null;
        }

        string folder = $"{AppFiles.DeploymentFolder[1..]}/";
        var near = new PlaybookFiles(
            manifest,
            playbook,
            files().Files.Where(file => file.HostPath.StartsWith(folder, StringComparison.Ordinal)));
        near.RequireLinksInside();

        // Elsewhere in the app, a link that leads out does not concern the playbook: .venv/bin/python3, for example.
        return near.LeadsOut()
            ? new PlaybookFiles(
                manifest,
                playbook,
                AppFiles.Everything(manifest).Where(file => file.Kind != AppFileKind.Link || IsBelow(file, manifest.AppFolder)))
            : near;
    }

    /// <summary>A file's path, relative to the app's folder.</summary>
    public string NameOf(AppFile file) => Path.GetRelativePath(_appFolder, file.LocalPath);

    /// <summary>The path in the app's folder of a file of the copy.</summary>
    internal string PlaceOf(string name) => Path.Combine(_appFolder, name);

    /// <summary>Writes all of them into a new folder and returns the playbook's path there. Throws if one has changed.</summary>
    public string CopyTo(string folder)
    {
        PrivateFile.CreateFolder(folder);
        foreach (AppFile file in Files)
        {
            string target = Path.Combine(folder, NameOf(file));
            PrivateFile.CreateFolder(Path.GetDirectoryName(target) ?? folder);
            Copy(file, target);
        }

        return Path.Combine(folder, Playbook);
    }

    // Hashed again while it is copied, because the file may have changed.
    private static void Copy(AppFile file, string target)
    {
        switch (file.Kind)
        {
            case AppFileKind.Link:
                File.CreateSymbolicLink(target, file.LinkTarget);
                break;
            case AppFileKind.EmptyFolder:
                PrivateFile.CreateFolder(target);
                break;
            default:
                using (FileStream from = Opened(file))
                using (FileStream to = PrivateFile.Open(target, FileMode.CreateNew))
                {
                    from.CopyTo(to);
                    to.Position = 0;
                    Require(file, Fingerprint.WholeOfContent(to));
                }

                File.SetUnixFileMode(target, file.Mode | UnixFileMode.UserRead | UnixFileMode.UserWrite);
                break;
        }
    }

    private static string TextOf(AppFile file)
    {
        using FileStream from = Opened(file);
        using var content = new MemoryStream();
        from.CopyTo(content);
        byte[] bytes = content.ToArray();
        Require(file, Fingerprint.WholeOfBytes(bytes));
        return Encoding.UTF8.GetString(bytes);
    }

    private static FileStream Opened(AppFile file)
    {
        try
        {
            return PlainFile.Open(file.LocalPath);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw Changed(file);
        }
    }

    private static void Require(AppFile file, string hash)
    {
        if (hash != file.Sha256)
        {
            throw Changed(file);
        }
    }

    private static DiagnosticException Changed(AppFile file) => new(
        ExitCode.Prerequisite,
        PhaseCodes.ChangedMeanwhile,
        $"{file.LocalPath} changed during this run. You have not agreed to the changed file, so the playbook was not run.",
        "run the command again while no other program writes to the app's folder");

    private static bool IsYaml(AppFile file) => Path.GetExtension(file.LocalPath) is ".yml" or ".yaml" && IsShort(file);

    private static bool IsShort(AppFile file) => file.Kind == AppFileKind.File
        && new FileInfo(file.LocalPath) is { Exists: true, Length: <= LongestText };

    // A path that is built at run time is not found here; it then leads to nothing, as the copy has only these files.
    private bool LeadsOut() =>
        Files.Any(file => file.Kind == AppFileKind.Link && !IsBelow(file, Path.GetFullPath(Path.Combine(_appFolder, _folder))))
        || Files.Where(IsShort).Select(TextOf).Any(NamesOutside);

    private static bool NamesOutside(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        // An ellipsis in a comment is not a path.
        string plain = text.Replace("...", "", StringComparison.Ordinal);
        return plain.Contains(Outside, StringComparison.Ordinal) || plain.Contains("playbook_dir", StringComparison.Ordinal);
    }

    private void RequireLinksInside()
    {
        Diagnostic[] outside =
        [
            .. Files.Where(file => file.Kind == AppFileKind.Link && !IsBelow(file, _appFolder)).Select(file => Diagnostic.Error(
                AppCodes.PlaybookLink,
                $"{file.LocalPath} is a link to {file.LinkTarget}, {What(file)}; the app's playbook could read it.",
                "copy what is needed into the app's folder, or make it a relative link inside it")),
        ];
        if (outside.Length > 0)
        {
            throw new DiagnosticException(ExitCode.Usage, outside);
        }
    }

    private static string What(AppFile link) =>
        Path.IsPathRooted(link.LinkTarget) ? "which is absolute" : "outside the app's folder";

    // ".." is allowed only at the beginning: the folders above the link are no links, so the text alone tells where it leads.
    private static bool IsBelow(AppFile link, string folder)
    {
        string[] parts = link.LinkTarget.Split('/');
        string place = Path.GetFullPath(link.LinkTarget, Path.GetDirectoryName(link.LocalPath) ?? "/");
        return !Path.IsPathRooted(link.LinkTarget)
            && !parts.SkipWhile(part => part is Outside or "." or "").Contains(Outside)
            && AppPath.IsInside(folder, place);
    }
}
