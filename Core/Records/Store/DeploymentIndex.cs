using System.IO.Enumeration;
using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// All deployments of this user, one flow-style line each: valid YAML, read line by line. Written under a lock; readers
/// see either the old file or the new one. <see cref="DeploymentStore.Save"/> keeps each line up to date with its
/// record.
/// </summary>
public sealed class DeploymentIndex(TfgridHome home)
{
    // In bytes. From this size on, starting a second thread pays off.
    private const int LongIndex = 256 * 1024;

    /// <summary>All entries. If a line is damaged, missing or in an older form, the record itself is read.</summary>
    public IReadOnlyList<IndexEntry> Read()
    {
        List<IndexEntry> entries = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (IndexEntry? entry in Lines(Content()))
        {
            if (entry is not null && known.Add(entry.Id))
            {
                entries.Add(entry.Status is null ? Recorded(entry.Id, entry) ?? entry : entry);
            }
        }

        IEnumerable<IndexEntry> unlisted = Folders()
            .Where(id => !known.Contains(id))
            .Select(id => Recorded(id))
            .OfType<IndexEntry>()
            .OrderBy(entry => entry.CreatedAt);
        return [.. entries, .. unlisted];
    }

    /// <summary>
    /// The lines of the file, if nothing else has to be read. Null if <see cref="Read"/> is needed: there is no file, a
    /// line is not in our own form, or there are fewer lines than deployments. Throws what the file system throws.
    /// </summary>
    public IndexRows? ReadQuickly()
    {
        if (!File.Exists(home.Index))
        {
            return null;
        }

        byte[] text = PlainFile.ReadBytes(home.Index);
        IndexRows? rows = null;
        int folders = 0;
        if (text.Length < LongIndex)
        {
            rows = IndexRows.Read(text);
            folders = CountFolders();
        }
        else
        {
            // Counting many folders takes as long as reading their lines.
            Halves.Both(() => rows = IndexRows.Read(text), () => folders = CountFolders());
        }

        return rows is { AreComplete: true } && rows.Count >= folders ? rows : null;
    }

    /// <summary>Writes the line if more than its time has changed.</summary>
    public void Follow(IndexEntry entry)
    {
        if (Content().AsSpan().IndexOf(Encoding.UTF8.GetBytes(IndexLine.Lasting(entry))) < 0)
        {
            Add(entry);
        }
    }

    public void Add(IndexEntry entry) => Update(() => Replaced(Read(), entry));

    public void Remove(string id)
    {
        Update(() => [.. Read().Where(entry => entry.Id != id)]);
        new Selection(home).Forget(id);
    }

    /// <summary>
    /// Rebuilds the file from the records. A deployment whose record cannot be read keeps its line, or gets one.
    /// </summary>
    public IReadOnlyList<IndexEntry> Rescan()
    {
        IReadOnlyList<IndexEntry> found = [];
        Update(() =>
        {
            var former =
                Lines(Content()).OfType<IndexEntry>().DistinctBy(entry => entry.Id).ToDictionary(entry => entry.Id);
            return found =
            [
                .. Folders()
                    .Select(id => Recorded(id, former.GetValueOrDefault(id)))
                    .OfType<IndexEntry>()
                    .OrderBy(entry => entry.CreatedAt)
                    .ThenBy(entry => entry.Id, StringComparer.Ordinal),
            ];
        });
        return found;
    }

    private void Update(Func<IReadOnlyList<IndexEntry>> change)
    {
        home.Create();
        using FileStream gate = FileGate.Enter(Path.Combine(home.Locks, "index.lock"));
        PrivateFile.Write(home.Index, string.Concat(change().Select(IndexLine.Of)));
    }

    // Replaced in place, so that lists keep their order.
    private static IReadOnlyList<IndexEntry> Replaced(IReadOnlyList<IndexEntry> entries, IndexEntry entry) =>
        entries.Any(other => other.Id == entry.Id)
            ? [.. entries.Select(other => other.Id == entry.Id ? entry : other)]
            : [.. entries, entry];

    private byte[] Content() => TfgridHome.Has(home.Index) ? TfgridHome.Read(home.Index, PlainFile.ReadBytes) : [];

    private static List<IndexEntry?> Lines(ReadOnlySpan<byte> text)
    {
        List<IndexEntry?> entries = [];
        foreach (Range line in text.Split((byte)'\n'))
        {
            if (text[line].Length > 0)
            {
                entries.Add(IndexLine.Read(text[line]));
            }
        }

        return entries;
    }

    // Does not create a string for each folder.
    private int CountFolders()
    {
        int count = 0;
        if (Directory.Exists(home.Deployments))
        {
            var all = new EnumerationOptions { AttributesToSkip = default };
            var folders = new FileSystemEnumerable<string>(home.Deployments, (ref FileSystemEntry _) => "", all)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory,
            };
            foreach (string _ in folders)
            {
                count++;
            }
        }

        return count;
    }

    private IEnumerable<string> Folders() =>
        Directory.Exists(home.Deployments)
            ? TfgridHome.Read(home.Deployments, Directory.GetDirectories).Select(folder => Path.GetFileName(folder))
            : [];

    // Null if the folder has no record: just before the first save, or at the end of `down`.
    private IndexEntry? Recorded(string id, IndexEntry? former = null)
    {
        try
        {
            return new DeploymentStore(home, TimeProvider.System).Load(id) is { } record ? IndexEntry.Of(record) : null;
        }
        catch (DiagnosticException)
        {
            // An unreadable record does not hide the others, and is itself listed.
            return (former ?? IndexEntry.OfUnreadable(home.Deployment(id))) with { Status = null };
        }
    }
}
