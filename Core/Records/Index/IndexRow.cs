using System.Text;
using TfgridCompose.Core.Records.Json;

namespace TfgridCompose.Core.Records.Index;

/// <summary>
/// A line of <c>index.yaml</c> in the one form that we write, taken apart by hand where it lies: ten thousand lines
/// through a JSON reader take longer than the whole of <c>ps</c>. Values are JSON texts without their quotes, escapes
/// as they stand.
/// </summary>
public readonly ref struct IndexRow
{
    private const int MarkerLength = 2;

    /// <summary>Looks at a row.</summary>
    public delegate void Visitor(in IndexRow row);

    private IndexRow(ReadOnlySpan<byte> line)
    {
        var cursor = new Cursor(line);
        Id = cursor.Value("- {\"id\":\""u8);
        Name = cursor.Value(",\"name\":\""u8);
        AppName = cursor.Value(",\"app_name\":\""u8);
        AppPath = cursor.Value(",\"app_path\":\""u8);
        Pattern = cursor.Value(",\"pattern\":\""u8);
        Grid = cursor.Value(",\"grid\":\""u8);
        CreatedAt = cursor.Value(",\"created_at\":\""u8);
        Status = cursor.Optional(",\"status\":\""u8);
        Address = cursor.Optional(",\"address\":\""u8);
        UpdatedAt = cursor.Optional(",\"updated_at\":\""u8);
        HasEscapes = cursor.HasEscapes;
        Members = line.Length > MarkerLength ? line[MarkerLength..^1] : default;
        IsSound = cursor.IsAtEnd;
    }

    public ReadOnlySpan<byte> Id { get; }

    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> AppName { get; }

    public ReadOnlySpan<byte> AppPath { get; }

    public ReadOnlySpan<byte> Pattern { get; }

    public ReadOnlySpan<byte> Grid { get; }

    public ReadOnlySpan<byte> CreatedAt { get; }

    /// <summary>Empty: its record cannot be read, or the line is of before there was such a member.</summary>
    public ReadOnlySpan<byte> Status { get; }

    /// <summary>Empty: there is none.</summary>
    public ReadOnlySpan<byte> Address { get; }

    public ReadOnlySpan<byte> UpdatedAt { get; }

    /// <summary>The JSON object less its last brace.</summary>
    public ReadOnlySpan<byte> Members { get; }

    /// <summary>False: every value is the text that it stands for, a letter a byte.</summary>
    public bool HasEscapes { get; }

    private bool IsSound { get; }

    /// <summary>False: not in our own form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out IndexRow row)
    {
        row = new IndexRow(line);
        return row.IsSound;
    }

    /// <summary>A value as text, or null: it holds an escape that JSON does not know.</summary>
    public static string? Text(ReadOnlySpan<byte> value) =>
        value.IndexOf((byte)'\\') < 0 ? Encoding.UTF8.GetString(value) : JsonEscapes.Decode(value);

    private ref struct Cursor
    {
        private readonly ReadOnlySpan<byte> _line;
        private int _at;
        private bool _isBroken;

        public Cursor(ReadOnlySpan<byte> line)
        {
            _line = line;

            // Our writer escapes all that is no plain ASCII, so other bytes are somebody else's.
            _isBroken = !PlainAscii.IsAll(line);
            HasEscapes = line.IndexOf((byte)'\\') >= 0;
        }

        public bool HasEscapes { get; }

        public readonly bool IsAtEnd => !_isBroken && _at == _line.Length - 1 && _line[_at] == '}';

        public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> key)
        {
            int before = _at;
            ReadOnlySpan<byte> value = Optional(key);
            _isBroken |= _at == before;
            return value;
        }

        public ReadOnlySpan<byte> Optional(ReadOnlySpan<byte> key)
        {
            if (_isBroken || !_line[_at..].StartsWith(key))
            {
                return default;
            }

            int start = _at + key.Length;

            // Our writer spells a quote in a text \u0022; where another wrote \", the next key does not follow, and the
            // line is left to a real reader.
            int length = _line[start..].IndexOf((byte)'"');
            if (length < 0)
            {
                _isBroken = true;
                return default;
            }

            _at = start + length + 1;
            return _line.Slice(start, length);
        }
    }
}
