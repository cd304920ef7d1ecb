namespace TfgridCompose.Core.Listing;

/// <summary>A line of <c>index.yaml</c>. Values are JSON strings without their quotes, but with their escapes.</summary>
public readonly ref struct IndexRow
{
    internal const int StatusAt = 7;
    internal const int UpdatedAtAt = 9;

    // Start and length of ten values, then start and end of the line.
    internal const int Places = 22;

    private const int MarkerLength = 2;

    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<int> _places;

    internal IndexRow(ReadOnlySpan<byte> text, ReadOnlySpan<int> places)
    {
        _text = text;
        _places = places;
        Members = text[(places[^2] + MarkerLength)..(places[^1] - 1)];
        HasEscapes = Members.IndexOf((byte)'\\') >= 0;
    }

    public ReadOnlySpan<byte> Id => Value(0);

    public ReadOnlySpan<byte> Name => Value(1);

    public ReadOnlySpan<byte> AppPath => Value(3);

    public ReadOnlySpan<byte> Pattern => Value(4);

    public ReadOnlySpan<byte> Grid => Value(5);

    public ReadOnlySpan<byte> CreatedAt => Value(6);

    /// <summary>Empty if its record cannot be read.</summary>
    public ReadOnlySpan<byte> Status => Value(StatusAt);

    /// <summary>Empty if there is none.</summary>
    public ReadOnlySpan<byte> Address => Value(8);

    public ReadOnlySpan<byte> UpdatedAt => Value(UpdatedAtAt);

    /// <summary>The JSON object without its last brace.</summary>
    public ReadOnlySpan<byte> Members { get; }

    /// <summary>False if no value has an escape, so that each byte is one character.</summary>
    public bool HasEscapes { get; }

    private ReadOnlySpan<byte> Value(int value) => _text.Slice(_places[2 * value], _places[(2 * value) + 1]);
}
