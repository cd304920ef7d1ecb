using System.Text;

namespace TfgridCompose.Core.Records.Index;

/// <summary>Entries as the lines that they have or would have in the file.</summary>
public sealed class IndexText(IReadOnlyList<IndexEntry> entries) : IIndexLines
{
    private int _at;

    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        line = _at < entries.Count ? Encoding.UTF8.GetBytes(IndexLine.Of(entries[_at]).TrimEnd('\n')) : default;
        return _at++ < entries.Count;
    }

    public void Rewind() => _at = 0;
}
