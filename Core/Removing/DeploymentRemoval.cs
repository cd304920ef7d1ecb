using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Removing;

/// <summary>
/// Takes a deployment that has ended out of this user's files. The tombstone is written first and the index entry goes
/// last, so that a kill at any moment leaves something that the next <c>down</c> finishes.
/// </summary>
public sealed class DeploymentRemoval(Surroundings here, DeploymentIndex index)
{
    private readonly EndedDeployments _ended = new(here.Home);

    /// <summary>Removes it; where something cannot be removed, throws with what is left.</summary>
    public void Remove(EndedDeployment ended)
    {
        _ended.Add(ended);
        RemoveFiles(ended);
    }

    /// <summary>Finishes proven ends whose files an interrupted run did not remove. Locked ones are left alone.</summary>
    public IReadOnlyList<EndedDeployment> FinishInterrupted(Func<LockHolder> holder)
    {
        HashSet<string> listed = [.. index.Read().Select(entry => entry.Id)];
        var finished = new List<EndedDeployment>();
        IEnumerable<string> left =
            _ended.Ids.Where(id => listed.Contains(id) || Directory.Exists(here.Home.Deployment(id).Path));
        foreach (EndedDeployment ended in left.Select(_ended.Find).OfType<EndedDeployment>())
        {
            if (ended.Ends(RecordOf(ended.Id)) && TryLock(ended, holder) is { } own)
            {
                using (own)
                {
                    if (TryRemoveFiles(ended))
                    {
                        finished.Add(ended);
                    }
                }
            }
        }

        return finished;
    }

    // One that cannot be removed must not block the others: it is a warning, and the next run tries again.
    private bool TryRemoveFiles(EndedDeployment ended)
    {
        try
        {
            RemoveFiles(ended);
            return true;
        }
        catch (DiagnosticException problem)
        {
            here.Events.Emit(new DiagnosticRaised(problem.Diagnostics[0] with { Severity = Severity.Warning }));
            return false;
        }
    }

    private DeploymentRecord? RecordOf(string id)
    {
        try
        {
            return here.Store.Load(id);
        }
        catch (DiagnosticException)
        {
            // A record that cannot be read does not count as a living deployment.
            return null;
        }
    }

    private DeploymentLock? TryLock(EndedDeployment ended, Func<LockHolder> holder)
    {
        try
        {
            return DeploymentLock.Take(here.Home, ended.Id, ended.Name, holder());
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private void RemoveFiles(EndedDeployment ended)
    {
        DeploymentFolder folder = here.Home.Deployment(ended.Id);
        var left = new List<string>();
        using FileStream gate = UnfinishedRecords.EnterGate(here.Home);
        Try(
            Path.Combine(ended.AppPath, AppLink.Name),
            left,
            () => new AppLink(here.Home, ended.AppPath).Remove(ended.Id));
        Try(folder.Path, left, () => RemoveFolder(folder));
        Try($"the address range {ended.IpRange}".TrimEnd(), left, () => here.Ranges.ReleaseAllOf(folder.Path));
        if (left.Count > 0)
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                LeakCodes.LeftOnMachine,
                $"{ended.Name} ({ended.Id}) is destroyed, but this is left on this machine: {string.Join(", ", left)}.",
                $"give this user the right to remove it, then run `tfgrid-compose down {ended.Id}` again");
        }

        index.Remove(ended.Id);
        RemoveLocks(ended);
    }

    private static void Try(string what, List<string> left, Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            left.Add($"{what} ({problem.Message})");
        }
    }

    // The record is removed last: while it exists, `down` finds the deployment.
    private static void RemoveFolder(DeploymentFolder folder)
    {
        if (!Directory.Exists(folder.Path))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFileSystemEntries(folder.Path).Where(path => path != folder.Record))
        {
            if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        Directory.Delete(folder.Path, recursive: true);
    }

    // Nobody takes the lock of an ended id again. The lock of the app's folder stays: somebody may be waiting for it.
    private void RemoveLocks(EndedDeployment ended)
    {
        var files = LockFiles.Of(here.Home, ended.Id, ended.Name);
        File.Delete(files.Holder);
        File.Delete(files.Lock);
    }
}
