using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>The deployments of this user's state folder: index, records, journals, tombstones.</summary>
public sealed class HomeDeployments(DeploymentStore store, DeploymentIndex index)
{
    private readonly EndedDeployments _ended = new(store.Home);

    public IReadOnlyList<KnownDeployment> Read()
    {
        var entries =
            Entries().DistinctBy(entry => entry.Id).ToDictionary(entry => entry.Id);
        HashSet<string> ended = [.. _ended.Ids, .. Journals()];
        IEnumerable<string> ids = ended.Concat(Folders()).Concat(entries.Keys).Where(DeploymentId.IsOne).Distinct();
        return [.. ids.Select(id => ended.Contains(id) && !LivesAgain(id)
            ? OfTombstone(id)
            : OfFolder(id, entries.GetValueOrDefault(id)))];
    }

    // A lost index is rebuilt from the records; a record that cannot be read is found by its folder below.
    private IReadOnlyList<IndexEntry> Entries()
    {
        try
        {
            return index.Read();
        }
        catch (DiagnosticException)
        {
            return [];
        }
    }

    private IEnumerable<string> Folders() => Names(store.Home.Deployments, Directory.EnumerateDirectories);

    private IEnumerable<string> Journals() =>
        Names(store.Home.Ended, folder => Directory.EnumerateFiles(folder, "*.journal"));

    private static IEnumerable<string> Names(string folder, Func<string, IEnumerable<string>> list) =>
        Directory.Exists(folder) ? list(folder).Select(Path.GetFileNameWithoutExtension).OfType<string>() : [];

    private bool LivesAgain(string id)
    {
        try
        {
            return store.Load(id) is { } record && _ended.Find(id)?.Ends(record) != true;
        }
        catch (DiagnosticException)
        {
            return false;
        }
    }

    private KnownDeployment OfTombstone(string id)
    {
        EndedDeployment? ended = _ended.Find(id);
        return new KnownDeployment(id, ended?.Name ?? "", KnownAs.Ended)
        {
            Grid = ended?.Grid is { Length: > 0 } grid ? grid : null,
            Contracts = ended?.Contracts,
            Reason = ended is null
                ? "it ended"
                : $"it ended {TimeText.Of(ended.EndedAt)}{(ended.Proof == EndedDeployment.Unverified ? ", unverified" : "")}",
        };
    }

    private KnownDeployment OfFolder(string id, IndexEntry? entry)
    {
        try
        {
            return store.Load(id) is { } record ? OfRecord(record) : Broken(id, entry, store.Home.Deployment(id).Path);
        }
        catch (DiagnosticException problem) when (problem.Diagnostics
            .Any(diagnostic => diagnostic.Code == StateCodes.NewerSchema))
        {
            // The newer version that wrote the record can read it, so the deployment is alive.
            return new KnownDeployment(id, entry?.Name ?? "", KnownAs.Living) { Grid = entry?.Grid };
        }
        catch (DiagnosticException)
        {
            return new KnownDeployment(id, entry?.Name ?? "", KnownAs.Broken)
            {
                Grid = entry?.Grid,
                Reason = "its record cannot be read",
            };
        }
    }

    private static KnownDeployment Broken(string id, IndexEntry? entry, string folder) =>
        new(id, entry?.Name ?? "", KnownAs.Broken)
        {
            Grid = entry?.Grid,
            Reason = Directory.Exists(folder) ? "its folder holds no record" : "its folder is gone",
        };

    private KnownDeployment OfRecord(DeploymentRecord record)
    {
        DeploymentFolder folder = store.Home.Deployment(record.Id);
        var look = TerraformLook.At(folder);

        // The state is behind the grid while an `up` or `down` works, or until the next one settles an unfinished one.
        // Another machine may have added to a shared state. If the state were another deployment's, all contracts of this one
        // would look like leaks.
        bool settled = record.Status is DeploymentStatus.Running or DeploymentStatus.Failed
            && look.Problem is null
            && record.SharedState is null
            && !new StateIdentity(record, folder).IsForeign(LocalState.Read(folder));
        long[] named = [.. (look.Exists ? look.Contracts : record.Contracts).Select(contract => contract.Id)];
        return new KnownDeployment(record.Id, record.Name, KnownAs.Living)
        {
            Grid = record.Grid,
            Contracts = settled && (look.Exists || named.Length > 0) ? named : null,
        };
    }
}
