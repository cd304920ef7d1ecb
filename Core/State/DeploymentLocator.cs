using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.State;

/// <summary>Finds the deployment that a user means: by id (shortened while unique), by name, by app folder, or by where they stand.</summary>
public sealed class DeploymentLocator(DeploymentStore store, DeploymentIndex index, string currentFolder)
{
    public const string LinkName = ".tfgrid-compose";

    /// <param name="target">An id, a name, an app folder, or null: the context file's app or the current folder.</param>
    /// <param name="name">What <c>--name</c> says, or null.</param>
    public DeploymentRecord Find(string? target, string? name)
    {
        IReadOnlyList<IndexEntry> entries = index.Read();
        IReadOnlyList<IndexEntry> found = target is null
            ? OfFolder(entries, ContextFile.Find(currentFolder)?.App ?? currentFolder, name)
            : Matching(entries, target, name);
        return found.Count switch
        {
            1 => store.Load(found[0].Id) ?? throw NotFound(target, entries),
            0 => throw NotFound(target, entries),
            _ => throw Ambiguous(target ?? currentFolder, found),
        };
    }

    /// <summary>The deployment of an app folder under a name, or null.</summary>
    public DeploymentRecord? OfApp(string appFolder, string name) =>
        index.Read().Where(other => other.AppPath == appFolder && other.Name == name).Select(entry => store.Load(entry.Id)).FirstOrDefault(record => record is not null)
        ?? Linked(appFolder, name);

    /// <summary>The app folder's deployment that was made without a name of its own while the manifest said another name, or null.</summary>
    public DeploymentRecord? OfFormerName(string appFolder, string name) =>
        index.Read().Where(other => other.AppPath == appFolder && other.Name == other.AppName && other.Name != name).Select(entry => store.Load(entry.Id)).FirstOrDefault(record => record is not null);

    private IReadOnlyList<IndexEntry> Matching(IReadOnlyList<IndexEntry> entries, string target, string? name)
    {
        IndexEntry? exact = entries.FirstOrDefault(entry => entry.Id == target);
        if (exact is not null)
        {
            return [exact];
        }

        string folder = AppFolder.Of(target, currentFolder);
        if (Directory.Exists(folder) && OfFolder(entries, folder, name) is { Count: > 0 } ofFolder)
        {
            // The folder's link may select another deployment of the app than the one that bears this very name.
            return entries.Where(entry => name is null && entry.Name == target && entry.AppPath == ofFolder[0].AppPath).Take(1).ToArray() is [var own] ? [own] : ofFolder;
        }

        IndexEntry[] named = [.. entries.Where(entry => entry.Name == target)];
        IndexEntry[] ofApp = named.Length > 0 ? named : [.. entries.Where(entry => entry.AppName == target && (name is null || entry.Name == name))];
        IndexEntry[] formerFolder = ofApp.Length > 0 ? ofApp : [.. entries.Where(entry => entry.AppPath == folder && (name is null || entry.Name == name))];
        return formerFolder.Length > 0 ? formerFolder : [.. entries.Where(entry => entry.Id.StartsWith(target, StringComparison.Ordinal))];
    }

    // The link in the app folder says which of several is selected.
    private List<IndexEntry> OfFolder(IReadOnlyList<IndexEntry> entries, string folder, string? name)
    {
        string full = AppFolder.Of(folder, currentFolder);
        List<IndexEntry> all = [.. entries.Where(entry => entry.AppPath == full && (name is null || entry.Name == name))];
        IndexEntry? selected = all.FirstOrDefault(entry => entry.Id == LinkedId(full));
        return selected is not null && name is null ? [selected] : all;
    }

    // An app folder that was moved brings its link along; the folder that the record names is gone then.
    private DeploymentRecord? Linked(string appFolder, string name)
    {
        DeploymentRecord? record = LinkedId(appFolder) is { } id ? store.Load(id) : null;
        return record is not null && record.Name == name && (record.AppPath == appFolder || !Directory.Exists(record.AppPath)) ? record : null;
    }

    private string? LinkedId(string appFolder)
    {
        string? target = new FileInfo(Path.Combine(appFolder, LinkName)).LinkTarget;
        return target is not null && Path.GetDirectoryName(target) == store.Home.Deployments ? Path.GetFileName(target) : null;
    }

    private DiagnosticException NotFound(string? target, IReadOnlyList<IndexEntry> entries)
    {
        string what = target is null ? $"There is no deployment of {currentFolder}." : $"There is no deployment '{target}'.";
        IReadOnlyList<string> near = NearestName.Of(target ?? "", entries.SelectMany(entry => new[] { entry.Name, entry.Id }).Distinct());
        string remedy = (near.Count, entries.Count) switch
        {
            ( > 0, _) => $"did you mean {string.Join(" or ", near)}?",
            (_, > 0) => $"name one of {string.Join(", ", entries.Select(entry => $"{entry.Name} ({entry.Id})").Take(8))}",
            _ => "deploy one with `tfgrid-compose up APP`",
        };
        return new DiagnosticException(ExitCode.Conflict, StateCodes.NotFound, what, remedy);
    }

    private static DiagnosticException Ambiguous(string target, IReadOnlyList<IndexEntry> found) => new(
        ExitCode.Conflict,
        StateCodes.Ambiguous,
        $"'{target}' fits {found.Count} deployments: {string.Join(", ", found.Select(entry => $"{entry.Name} ({entry.Id})"))}.",
        "say which by its id, or with --name");
}
