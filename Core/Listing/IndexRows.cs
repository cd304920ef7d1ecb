namespace TfgridCompose.Core.Listing;

/// <summary>
/// The lines of <c>index.yaml</c> in the form that we write. Reading ten thousand lines with a JSON reader takes longer
/// than all the rest of <c>ps</c>.
/// </summary>
public sealed class IndexRows
{
    private const int Required = 7;

    private static readonly byte[][] Keys =
    [
        "- {\"id\":\""u8.ToArray(),
        ",\"name\":\""u8.ToArray(),
        ",\"app_name\":\""u8.ToArray(),
        ",\"app_path\":\""u8.ToArray(),
        ",\"pattern\":\""u8.ToArray(),
        ",\"grid\":\""u8.ToArray(),
        ",\"created_at\":\""u8.ToArray(),
        ",\"status\":\""u8.ToArray(),
        ",\"address\":\""u8.ToArray(),
        ",\"updated_at\":\""u8.ToArray(),
    ];

    private readonly byte[] _text;
    private readonly int[] _places;
    private int _used;

    private IndexRows(byte[] text)
    {
        _text = text;
        _places = new int[IndexRow.Places * text.AsSpan().Count((byte)'\n')];
    }

    /// <summary>Bytes of the whole file.</summary>
    public int Size => _text.Length;

    public int Count => _used / IndexRow.Places;

    /// <summary>Whether every row has all that a newer version writes: its status and the time of its last change.</summary>
    public bool AreComplete { get; private set; } = true;

    public IndexRow this[int row] => new(_text, _places.AsSpan(row * IndexRow.Places, IndexRow.Places));

    /// <summary>Null if a line is not in our own form.</summary>
    public static IndexRows? Read(byte[] text)
    {
        var rows = new IndexRows(text);
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            end = start + text.AsSpan(start).IndexOf((byte)'\n');
            if (end < start || !rows.TryAdd(start, end))
            {
                return null;
            }
        }

        return rows;
    }

    private bool TryAdd(int start, int end)
    {
        Span<int> places = _places.AsSpan(_used, IndexRow.Places);
        _used += IndexRow.Places;
        ReadOnlySpan<byte> line = _text.AsSpan(start, end - start);
        int at = 0;
        for (int value = 0; value < Keys.Length; value++)
        {
            byte[] key = Keys[value];
            bool isThere = line[at..].StartsWith(key);
            int length = isThere ? line[(at + key.Length)..].IndexOf((byte)'"') : 0;

            // Our writer escapes a quote as \u0022. If another writer used \", the next key does not follow here.
            if (length < 0 || (!isThere && value < Required))
            {
                return false;
            }

            // A missing value points to the start of its line, because there is no text after the last line to point at.
            places[2 * value] = isThere ? start + at + key.Length : start;
            places[(2 * value) + 1] = length;
            at += isThere ? key.Length + length + 1 : 0;
        }

        places[^2] = start;
        places[^1] = end;
        AreComplete &= places[(2 * IndexRow.StatusAt) + 1] > 0 && places[(2 * IndexRow.UpdatedAtAt) + 1] > 0;
        return at == line.Length - 1 && line[at] == '}' && IsPlain(line);
    }

    // Our writer escapes everything but printable ASCII, so other bytes are not ours. The library's search takes longer
    // to prepare than it saves.
    private static bool IsPlain(ReadOnlySpan<byte> line)
    {
        uint others = 0;
        foreach (byte each in line)
        {
            others |= (uint)(each - ' ') > '~' - ' ' ? 1u : 0u;
        }

        return others == 0;
    }
}
