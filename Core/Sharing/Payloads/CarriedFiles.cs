using System.Buffers.Text;
using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.Payloads;

/// <summary>
/// The files of a deployment's folder that its record contains: what Terraform, Ansible, ssh and WireGuard work from, and no
/// state.
/// </summary>
public static class CarriedFiles
{
    // File systems allow 255 bytes; the name of the temporary file is longer.
    private const int LongestName = 240;
    private const int LongestPath = 2000;
    private const int LargestFile = 256 * 1024;
    private const int LargestSum = 2 * 1024 * 1024;
    private static readonly string[] Single = ["known_hosts", "wg-grid.conf", "inventory.ini"];
    private static readonly string[] NeverTravel = [BackendFile.Name, StateEncryption.FileName, "tfplan", "facts"];

    /// <summary>
    /// Terraform's first; files over 256 KB, and those beyond 2 MB in total, are left out: the pattern has them too.
    /// </summary>
    public static IReadOnlyList<SharedFile> Of(DeploymentFolder folder)
    {
        int sum = 0;
        return
        [
            .. Single.Concat(Below(folder, folder.Terraform)).Concat(Below(folder, folder.Ansible))
                .Select(path => (Relative: path, Full: Path.Combine(folder.Path, path)))
                .Where(file => File.Exists(file.Full) && new FileInfo(file.Full).Length <= LargestFile)
                .Select(file => Read(file.Relative, file.Full))
                .TakeWhile(file => (sum += file.Content.Length) <= LargestSum),
        ];
    }

    /// <summary>
    /// Writes them into a folder with the writer's paths replaced, and removes Terraform sources that are no longer
    /// among them.
    /// </summary>
    public static void WriteTo(DeploymentFolder folder, SharedPayload payload, string? sshKey)
    {
        HashSet<string> written = [];
        foreach (SharedFile file in payload.Files.Where(file => MayTravel(file.Path)))
        {
            string target = Path.Combine(folder.Path, file.Path);
            PrivateFile.CreateFolder(Path.GetDirectoryName(target) ?? folder.Path);
            byte[] content = file.IsBase64
                ? Convert.FromBase64String(file.Content)
                : Encoding.UTF8.GetBytes(Here(file.Content, payload.Origin, folder, sshKey));
            Write(target, content);
            written.Add(target);
        }

        foreach (string stale in Below(folder, folder.Terraform)
            .Where(IsSource)
            .Select(path => Path.Combine(folder.Path, path))
            .Where(path => !written.Contains(path)))
        {
            File.Delete(stale);
        }
    }

    /// <summary>What is wrong with files that another machine wrote, or null.</summary>
    internal static string? ProblemOf(IReadOnlyList<SharedFile> files)
    {
        if (files.Any(file => file?.Path is null || file.Content is null))
        {
            return "a file is incomplete";
        }

        string[] paths = [.. files.Select(file => file.Path).Where(MayTravel)];
        HashSet<string> folders = [.. paths.SelectMany(FoldersOf)];
        return paths.FirstOrDefault(folders.Contains) is { } both ? $"{PlainText.Of(both)} is a file and a folder"
            : files.FirstOrDefault(file => file.IsBase64 && !Base64.IsValid(file.Content)) is { } broken
                ? $"the file {PlainText.Of(broken.Path)} is not base64"
            : null;
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (int at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            yield return path[..at];
        }
    }

    internal static bool MayTravel(string path)
    {
        string[] parts = path.Split('/');
        return path.Length <= LongestPath
            && !parts.Any(StaysHere)
            && (parts.Length == 1 ? Single.Contains(path) : parts[0] is "terraform" or "ansible");
    }

    private static bool StaysHere(string part) =>
        part is "" or "." or ".."
            || part.StartsWith(".terraform", StringComparison.Ordinal)
            || part.Contains(".tfstate", StringComparison.Ordinal)
            || NeverTravel.Contains(part)
            || Encoding.UTF8.GetByteCount(part) > LongestName
            || !PlainText.IsPlain(part);

    private static IEnumerable<string> Below(DeploymentFolder folder, string part) => !Directory.Exists(part) ? [] :
        Directory.EnumerateFiles(
            part,
            "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(path => Path.GetRelativePath(folder.Path, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(MayTravel)
            .Order(StringComparer.Ordinal);

    private static bool IsSource(string path) =>
        path.EndsWith(".tf", StringComparison.Ordinal) || path.EndsWith(".tf.json", StringComparison.Ordinal);

    private static SharedFile Read(string relative, string full)
    {
        byte[] content = PlainFile.ReadBytes(full);
        string text = Encoding.UTF8.GetString(content);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(content)
            ? new SharedFile(relative, text)
            : new SharedFile(relative, Convert.ToBase64String(content), IsBase64: true);
    }

    private static string Here(string text, SharedOrigin? origin, DeploymentFolder folder, string? sshKey)
    {
        string local = origin is null ? text : text.Replace(origin.Folder, folder.Path, StringComparison.Ordinal);
        return origin?.SshKey is { } key && sshKey is not null
            ? local.Replace(key, sshKey, StringComparison.Ordinal)
            : local;
    }

    private static void Write(string path, byte[] content)
    {
        if (File.Exists(path) && PlainFile.ReadBytes(path).AsSpan().SequenceEqual(content))
        {
            return;
        }

        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (FileStream stream = PrivateFile.Open(temporary, FileMode.Create))
        {
            stream.Write(content);
        }

        if (path.EndsWith(".sh", StringComparison.Ordinal))
        {
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
