using System.Globalization;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// Removes what a process left behind that was killed while it created or removed a deployment's record. Such leftovers
/// cost no money: nothing is created before there is a record, and the record is removed when nothing is left. A folder
/// with a Terraform state, a backup of one or a backend is never touched.
/// </summary>
public sealed class UnfinishedRecords(TfgridHome home, AddressRanges ranges, DeploymentIndex index)
{
    private const string TemporaryEnd = ".tmp";

    /// <summary>
    /// Held while a record is created or removed, so that unfinished work is not mistaken for a leftover.
    /// </summary>
    public static FileStream EnterGate(TfgridHome home)
    {
        home.Create();
        return FileGate.Enter(Path.Combine(home.Locks, "records.lock"));
    }

    public void Clear()
    {
        if (!Directory.Exists(home.Deployments))
        {
            return;
        }

        using FileStream gate = EnterGate(home);
        foreach (DeploymentFolder folder in Directory.EnumerateDirectories(home.Deployments)
            .Select(path => new DeploymentFolder(path))
            .Where(IsUnfinished)
            .ToArray())
        {
            ranges.ReleaseAllOf(folder.Path);
            Directory.Delete(folder.Path, recursive: true);
        }

        foreach (string ended in FoldersIn(home.Forgotten))
        {
            index.Remove(Path.GetFileName(ended));
            Directory.Delete(ended, recursive: true);
        }

        foreach (string abandoned in new[] { home.Path, home.Locks, home.Ended, ranges.Folder }.Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, $"*{TemporaryEnd}"))
            .Where(IsAbandoned))
        {
            File.Delete(abandoned);
        }
    }

    /// <summary>
    /// Removes the record of a deployment that is completely gone, with a single rename: before it, the record is
    /// intact; after it, <see cref="Clear"/> can finish the work.
    /// </summary>
    public void Forget(DeploymentRecord record)
    {
        using FileStream gate = EnterGate(home);
        string folder = home.Deployment(record.Id).Path;
        PrivateFile.CreateFolder(home.Forgotten);
        string ended = Path.Combine(home.Forgotten, record.Id);
        Directory.Move(folder, ended);
        ranges.Release(record.IpRange, folder);
        index.Remove(record.Id);
        Directory.Delete(ended, recursive: true);
    }

    private static bool IsUnfinished(DeploymentFolder folder) =>
        !folder.Exists && !File.Exists(folder.TerraformState) && !File.Exists(folder.TerraformBackend)
        && (!Directory.Exists(folder.Backups) || !Directory.EnumerateFiles(folder.Backups).Any());

    private static string[] FoldersIn(string path) => Directory.Exists(path) ? Directory.GetDirectories(path) : [];

    // The file's name contains the id of the process that was writing it; see PrivateFile.
    private static bool IsAbandoned(string temporary)
    {
        string writer = Path.GetExtension(temporary[..^TemporaryEnd.Length]).TrimStart('.');
        return int.TryParse(writer, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && !RunningProcess.Is(id);
    }
}
