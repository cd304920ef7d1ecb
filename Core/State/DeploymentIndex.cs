using System.Text.Json;

namespace TfgridCompose.Core.State;

/// <summary>
/// Every deployment of this user, one flow-style line each: valid YAML, read line by line as JSON. Written under a lock; readers see the old file or the new one.
/// </summary>
public sealed class DeploymentIndex(TfgridHome home)
{
    private const string Marker = "- ";

    public IReadOnlyList<IndexEntry> Read() =>
        File.Exists(home.Index) ? [.. File.ReadLines(home.Index).Select(Parse).OfType<IndexEntry>()] : [];

    public void Add(IndexEntry entry) => Update(entries => [.. entries.Where(other => other.Id != entry.Id), entry]);

    public void Remove(string id) => Update(entries => [.. entries.Where(entry => entry.Id != id)]);

    private void Update(Func<IReadOnlyList<IndexEntry>, IReadOnlyList<IndexEntry>> change)
    {
        home.Create();
        using FileStream gate = FileGate.Enter(Path.Combine(home.Locks, "index.lock"));
        PrivateFile.Write(home.Index, string.Concat(change(Read()).Select(entry => $"{Marker}{JsonSerializer.Serialize(entry, LineJson.Default.IndexEntry)}\n")));
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
            // A line that people broke by hand must not hide the others; the record itself is still there.
            return null;
        }
    }
}
