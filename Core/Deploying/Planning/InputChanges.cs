using System.Globalization;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>Which parts of a phase's inputs differ from those of its last completed run.</summary>
public sealed record InputChanges
{
    private const int MostNames = 5;

    /// <summary>Something changed, but the record does not say what.</summary>
    public static InputChanges Unknown { get; } = new();

    public IReadOnlyList<string> Changed { get; init; } = [];

    public IReadOnlyList<string> Added { get; init; } = [];

    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Changes that are described by a whole sentence.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>All that changed, by name.</summary>
    public IReadOnlyList<string> Names => [.. Changed, .. Added, .. Removed];

    /// <summary>For example: <c>WHO, src/index.html changed; src/new.html added</c>.</summary>
    public string Reason
    {
        get
        {
            string reason = string.Join("; ", Phrases());
            return reason.Length > 0 ? reason : "its inputs changed";
        }
    }

    private IEnumerable<string> Phrases() =>
    [
        .. Phrase(Changed, "changed"),
        .. Phrase(Added, "added"),
        .. Phrase(Removed, "removed"),
        .. Remarks,
    ];

    private static IEnumerable<string> Phrase(IReadOnlyList<string> names, string verb)
    {
        if (names.Count == 0)
        {
            return [];
        }

        string more = names.Count > MostNames
            ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more")
            : "";
        return [$"{string.Join(", ", names.Take(MostNames))}{more} {verb}"];
    }
}
