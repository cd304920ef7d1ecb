using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Fingerprints;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>Reads folders of an app. Nothing is left out silently.</summary>
/// <param name="skipped">A folder that stays on this machine, or null.</param>
/// <param name="hooks">Paths of the hooks. A hook that is a link is sent as the file that it points to.</param>
internal sealed class AppFileReader(string? skipped, IReadOnlySet<string> hooks)
{
    // .NET replaces bytes that are not UTF-8 with this; such a name cannot be opened.
    private const char NotUtf8 = '\uFFFD';
    private const string Environment = ".env";
    private static readonly HashSet<string> NeverCopied = [".git", ".tfgrid-compose", ".terraform", ".tfgrid-mnemonic"];

    private readonly List<AppFile> _files = [];
    private readonly List<Diagnostic> _problems = [];

    public IReadOnlyList<AppFile> Files => _files;

    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <summary>Adds everything in a folder except one name.</summary>
    public void AddContent(string folder, string hostFolder, string? except = null)
    {
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(folder)
                .Where(path => Path.GetFileName(path) != except))
            {
                Add(path, $"{hostFolder}/{Path.GetFileName(path)}");
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            CannotRead(problem);
        }
    }

    public void AddIfThere(string path, string hostPath)
    {
        if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            Add(path, hostPath);
        }
    }

    private void Add(string path, string hostPath)
    {
        string name = Path.GetFileName(path);
        if (NeverCopied.Contains(name) || path == skipped || hostPath == $"{AppFiles.SourceFolder}/{Environment}")
        {
            return;
        }

        var info = new FileInfo(path);
        if (info.LinkTarget is { } target && !hooks.Contains(path))
        {
            AddLink(path, hostPath, target);
        }
        else if (Directory.Exists(path))
        {
            AddFolder(path, hostPath);
        }
        else if (name == Environment)
        {
            Warn(
                AppCodes.EnvFileLeftOut,
                $"{path} is not copied: of .env files, only the one in the app's folder is used (as {AppFiles.SourceFolder}/.env).",
                "name its values in the manifest's `environment`, or give the file another name");
        }
        else
        {
            AddFile(info, hostPath);
        }
    }

    private void AddLink(string path, string hostPath, string target)
    {
        if (target.Contains(NotUtf8, StringComparison.Ordinal) && !Path.Exists(path))
        {
            _problems.Add(Diagnostic.Error(
                AppCodes.FileNameNotUtf8,
                $"The target of the link {path} is not UTF-8: '{target}'.",
                "rename the target, and create the link again"));
        }

        _files.Add(new AppFile(hostPath[1..], path, AppFileKind.Link) { LinkTarget = target });
    }

    private void AddFolder(string path, string hostPath)
    {
        int before = _files.Count;
        AddContent(path, hostPath);
        if (_files.Count == before)
        {
            _files.Add(new AppFile(hostPath[1..], path, AppFileKind.EmptyFolder)
            {
                Mode = File.GetUnixFileMode(path),
                ModifiedAt = Directory.GetLastWriteTimeUtc(path),
            });
        }
    }

    private void AddFile(FileInfo info, string hostPath)
    {
        try
        {
            using FileStream content = PlainFile.Open(info.FullName);
            _files.Add(new AppFile(hostPath[1..], info.FullName, AppFileKind.File)
            {
                Mode = File.GetUnixFileMode(content.SafeFileHandle),
                ModifiedAt = File.GetLastWriteTimeUtc(content.SafeFileHandle),
                Sha256 = Fingerprint.WholeOfContent(content),
            });
        }
        catch (SpecialFileException problem)
        {
            Warn(
                AppCodes.SpecialFileLeftOut,
                $"{problem.Message} It is not copied.",
                "remove it, or move it out of the app's folder");
        }
        catch (FileNotFoundException) when (info.Name.Contains(NotUtf8, StringComparison.Ordinal))
        {
            _problems.Add(Diagnostic.Error(
                AppCodes.FileNameNotUtf8,
                $"The name of a file or folder in {info.DirectoryName} is not UTF-8: '{info.Name}'.",
                $"rename it; `ls -b {info.DirectoryName}` shows its bytes"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            CannotRead(problem);
        }
    }

    private void CannotRead(Exception problem) => _problems.Add(Diagnostic.Error(
        PhaseCodes.AppFileUnreadable,
        $"A file of the app cannot be read: {problem.Message}",
        "give this user the right to read it, or move it out of the app's folder; "
            + "if another program has just removed it, run the command again"));

    private void Warn(string code, string message, string remedy) =>
        _problems.Add(Diagnostic.Warning(code, message, remedy));
}
