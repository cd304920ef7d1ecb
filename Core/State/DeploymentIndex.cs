using System.Text.Json;

namespace TfgridCompose.Core.State;

/// <summary>
/// Every deployment of this user, one flow-style line each: valid YAML, read line by line as JSON. Written under a lock; readers see the old file or the new one.
/// </summary>
public sealed class DeploymentIndex(TfgridHome home)
{
    private const string Marker = "- ";

    /// <summary>All entries; where the file or a line of it is damaged, the records themselves are asked.</summary>
    public IReadOnlyList<IndexEntry> Read()
    {
        IndexEntry?[] entries = File.Exists(home.Index) ? [.. File.ReadLines(home.Index).Select(Parse)] : [null];
        IEnumerable<IndexEntry> sound = entries.OfType<IndexEntry>();
        return [.. entries.Contains(null) ? sound.UnionBy(Recorded(), entry => entry.Id) : sound];
    }

    public void Add(IndexEntry entry) => Update(entries => [.. entries.Where(other => other.Id != entry.Id), entry]);

    public void Remove(string id) => Update(entries => [.. entries.Where(entry => entry.Id != id)]);

    private void Update(Func<IReadOnlyList<IndexEntry>, IReadOnlyList<IndexEntry>> change)
    {
        home.Create();
        using FileStream gate = FileGate.Enter(Path.Combine(home.Locks, "index.lock"));
        PrivateFile.Write(home.Index, string.Concat(change(Read()).Select(entry => $"{Marker}{JsonSerializer.Serialize(entry, LineJson.Default.IndexEntry)}\n")));
    }

    private IReadOnlyList<IndexEntry> Recorded()
    {
        var store = new DeploymentStore(home, TimeProvider.System);
        return Directory.Exists(home.Deployments)
            ? [.. Directory.EnumerateDirectories(home.Deployments)
                .Select(folder => store.Load(Path.GetFileName(folder)))
                .OfType<DeploymentRecord>()
                .OrderBy(record => record.CreatedAt)
                .Select(IndexEntry.Of)]
            : [];
    }

    private static IndexEntry? Parse(string line)
    {
        try
        {
            return line.StartsWith(Marker, StringComparison.Ordinal)
                ? JsonSerializer.Deserialize(line.AsSpan(Marker.Length), LineJson.Default.IndexEntry)
                : null;
        }
        catch (JsonException)
        {
            // A broken line: its deployment is still there, and is found by its record.
            return null;
        }
    }
}
