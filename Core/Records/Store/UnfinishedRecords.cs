using System.Globalization;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// Clears away what a process left that was killed while it made a deployment's record or forgot one. Neither costs money: before there is a record nothing
/// was made, and it is forgotten when nothing is left. A folder with Terraform state, kept ones, or a backend for one is never touched.
/// </summary>
public sealed class UnfinishedRecords(TfgridHome home, AddressRanges ranges, DeploymentIndex index)
{
    private const string TemporaryEnd = ".tmp";

    /// <summary>Held by whoever makes or forgets a record, so that nothing half-done is taken for left behind.</summary>
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
        foreach (DeploymentFolder folder in Directory.EnumerateDirectories(home.Deployments).Select(path => new DeploymentFolder(path)).Where(IsUnfinished).ToArray())
        {
            ranges.ReleaseAllOf(folder.Path);
            Directory.Delete(folder.Path, recursive: true);
        }

        foreach (string ended in FoldersIn(home.Forgotten))
        {
            index.Remove(Path.GetFileName(ended));
            Directory.Delete(ended, recursive: true);
        }

        foreach (string torn in new[] { home.Path, home.Locks, home.Ended, ranges.Folder }.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, $"*{TemporaryEnd}")).Where(IsTorn))
        {
            File.Delete(torn);
        }
    }

    /// <summary>
    /// Forgets a deployment of which nothing is left. One rename does it: killed before, the record is whole; killed after, <see cref="Clear"/> does the rest.
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

    // Its name says which process was writing it; see PrivateFile.
    private static bool IsTorn(string temporary)
    {
        string writer = Path.GetExtension(temporary[..^TemporaryEnd.Length]).TrimStart('.');
        return int.TryParse(writer, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && !RunningProcess.Is(id);
    }
}
