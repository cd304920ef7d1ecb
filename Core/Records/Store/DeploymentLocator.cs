using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// Finds the deployment that a user means: by id (or a unique prefix of it), by name, by app folder, by the current
/// folder, or the selected one.
/// </summary>
public sealed class DeploymentLocator(DeploymentStore store, DeploymentIndex index, string currentFolder)
{
    public const string LinkName = AppLink.Name;

    private const int ShortestPrefix = 2;
    private const int MostCandidates = 10;

    /// <param name="target">An id, a name, an app folder, or null: the context file's app, the current folder, or the
    /// selected deployment.</param>
    /// <param name="name">The value of <c>--name</c>, or null.</param>
    public DeploymentRecord Find(string? target, string? name)
    {
        IReadOnlyList<IndexEntry> entries = index.Read();
        IReadOnlyList<IndexEntry> found = target is null ? Meant(entries, name) : Matching(entries, target, name);
        return found.Count switch
        {
            1 => store.Load(found[0].Id) ?? throw NotFound(target, name, entries),
            0 => throw NotFound(target, name, entries),
            _ => throw Ambiguous(target ?? currentFolder, found),
        };
    }

    /// <summary>The deployment of an app folder under a name, or null.</summary>
    public DeploymentRecord? OfApp(string appFolder, string name) =>
        index.Read()
            .Where(other => other.AppPath == appFolder && other.Name == name)
            .Select(entry => store.Load(entry.Id))
            .FirstOrDefault(record => record is not null)
        ?? Linked(appFolder, name);

    /// <summary>
    /// The app folder's deployment that was created without <c>--name</c> while the manifest had another name, or null.
    /// </summary>
    public DeploymentRecord? OfFormerName(string appFolder, string name) =>
        index.Read()
            .Where(other => other.AppPath == appFolder && other.Name == other.AppName && other.Name != name)
            .Select(entry => store.Load(entry.Id))
            .FirstOrDefault(record => record is not null);

    /// <summary>The deployment that a word (not a folder) names, or null. Throws TFC0703 if it names several.</summary>
    public DeploymentRecord? OfWord(string target, string? name)
    {
        IReadOnlyList<IndexEntry> found = Matching(index.Read(), target, name);
        return found.Count > 1 ? throw Ambiguous(target, found) : found.Count == 1 ? store.Load(found[0].Id) : null;
    }

    /// <summary>The deployment that <c>select</c> chose, or null if there is none or it is gone.</summary>
    public DeploymentRecord? Selected() => new Selection(store.Home).Read() is { } id ? store.Load(id) : null;

    // The app of the current folder or of the context file wins even if it has no deployment: another one must not
    // replace it.
    private IReadOnlyList<IndexEntry> Meant(IReadOnlyList<IndexEntry> entries, string? name)
    {
        string? context = ContextFile.Find(currentFolder)?.App;
        IReadOnlyList<IndexEntry> ofFolder = OfFolder(entries, context ?? currentFolder, name);
        if (ofFolder.Count > 0
            || context is not null
            || File.Exists(Path.Combine(currentFolder, ManifestFile.FileName)))
        {
            return ofFolder;
        }

        string? id = new Selection(store.Home).Read();
        IndexEntry[] selected = [.. entries.Where(entry => entry.Id == id)];
        return name is null || selected is not [var chosen]
            ? selected
            : [.. entries.Where(entry => entry.AppPath == chosen.AppPath && entry.Name == name)];
    }

    private IReadOnlyList<IndexEntry> Matching(IReadOnlyList<IndexEntry> entries, string target, string? name)
    {
        IndexEntry? exact = entries.FirstOrDefault(entry => entry.Id == target && (name is null || entry.Name == name));
        if (exact is not null)
        {
            return [exact];
        }

        string folder = AppFolder.Of(target, currentFolder);
        if (Directory.Exists(folder) && OfFolder(entries, folder, name) is { Count: > 0 } ofFolder)
        {
            // The folder's link may select another deployment of the app, but an exact name wins.
            return entries.Where(entry => name is null && entry.Name == target && entry.AppPath == ofFolder[0].AppPath)
                .Take(1)
                .ToArray() is [var own]
                ? [own]
                : ofFolder;
        }

        IndexEntry[] named = [.. entries.Where(entry => entry.Name == target && (name is null || entry.Name == name))];
        IndexEntry[] ofApp = named.Length > 0
            ? named
            : [.. entries.Where(entry => entry.AppName == target && (name is null || entry.Name == name))];
        IndexEntry[] formerFolder = ofApp.Length > 0
            ? ofApp
            : [.. entries.Where(entry => entry.AppPath == folder && (name is null || entry.Name == name))];
        return formerFolder.Length > 0 || target.Length < ShortestPrefix
            ? formerFolder
            : [.. entries.Where(entry => entry.Id.StartsWith(target, StringComparison.Ordinal)
                && (name is null || entry.Name == name))];
    }

    // The link in the app folder selects one of several deployments.
    private List<IndexEntry> OfFolder(IReadOnlyList<IndexEntry> entries, string folder, string? name)
    {
        string full = AppFolder.Of(folder, currentFolder);
        List<IndexEntry> all =
            [.. entries.Where(entry => entry.AppPath == full && (name is null || entry.Name == name))];
        string? linked = new AppLink(store.Home, full).Id;
        IndexEntry? selected = all.FirstOrDefault(entry => entry.Id == linked);
        return selected is not null && name is null ? [selected] : all;
    }

    // A moved app folder keeps its link, and the folder in the record no longer exists.
    private DeploymentRecord? Linked(string appFolder, string name)
    {
        DeploymentRecord? record = new AppLink(store.Home, appFolder).Id is { } id ? store.Load(id) : null;
        return record is not null
            && record.Name == name
            && (record.AppPath == appFolder || !Directory.Exists(record.AppPath))
            ? record
            : null;
    }

    private DiagnosticException NotFound(string? target, string? name, IReadOnlyList<IndexEntry> entries)
    {
        string what = (target is null
            ? $"There is no deployment of {currentFolder}"
            : $"There is no deployment '{target}'") + (name is null ? "." : $" with the name '{name}'.");
        IReadOnlyList<string> near =
            NearestName.Of(target ?? "", entries.SelectMany(entry => new[] { entry.Name, entry.Id }).Distinct());
        bool tooShort = target is { Length: > 0 and < ShortestPrefix }
            && entries.Any(entry => entry.Id.StartsWith(target, StringComparison.Ordinal));
        string remedy = (near.Count, entries.Count) switch
        {
            _ when tooShort =>
                $"an id can be shortened to {ShortestPrefix} characters or more; `tfgrid-compose ps` lists them",
            ( > 0, _) => $"did you mean {string.Join(" or ", near)}?",
            (_, > 0) =>
                $"name one of {string.Join(", ", entries.Select(entry => $"{entry.Name} ({entry.Id})").Take(8))}",
            _ => "deploy one with `tfgrid-compose up APP`",
        };
        return new DiagnosticException(ExitCode.Conflict, StateCodes.NotFound, what, remedy);
    }

    private static DiagnosticException Ambiguous(string target, IReadOnlyList<IndexEntry> found)
    {
        string more = found.Count > MostCandidates ? $", and {found.Count - MostCandidates} more" : "";
        return new DiagnosticException(
            ExitCode.Conflict,
            StateCodes.Ambiguous,
            $"'{target}' matches {found.Count} deployments: "
                + $"{string.Join(", ", found.Take(MostCandidates).Select(Candidate))}{more}.",
            "choose one by its id, or with --name");
    }

    private static string Candidate(IndexEntry entry) =>
        $"{entry.Name} ({entry.Id}, {entry.Status?.Word() ?? "unreadable"}, {entry.AppPath})";
}
