using System.Globalization;

namespace TfgridCompose.LocalGrid.Query;

/// <summary>Path and parameters. A parameter that the path does not know is an error; an empty one is ignored.</summary>
internal sealed class QueryRequest
{
    private static readonly string[] Common = ["page", "size", "ret_count", "randomize", "sort_by", "sort_order", "balance"];

    private readonly Dictionary<string, string> _parameters = [];

    public required string[] Segments { get; init; }

    public static QueryRequest Parse(string text)
    {
        string[] parts = text.Split('?', 2);
        var request = new QueryRequest { Segments = parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries) };
        foreach (string pair in parts.ElementAtOrDefault(1)?.Split('&', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            string[] item = pair.Split('=', 2);
            string value = Uri.UnescapeDataString(item.ElementAtOrDefault(1)?.Replace('+', ' ') ?? "");
            request._parameters[Uri.UnescapeDataString(item[0])] = value;
        }

        return request;
    }

    public void Allow(params IEnumerable<string> names)
    {
        var known = names.Concat(Common).ToHashSet();
        if (_parameters.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new QueryException(400, $"schema: invalid path \"{unknown}\"");
        }
    }

    public string? Text(string name) => _parameters.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    public long? Number(string name) => Text(name) is not { } text ? null
        : long.TryParse(text, CultureInfo.InvariantCulture, out long value) && value >= 0 ? value
        : throw Invalid(name);

    public double? Decimal(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value
        : throw Invalid(name);

    public bool? Flag(string name) => Text(name) is not { } text ? null : text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Invalid(name),
    };

    public string[]? Texts(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public long[]? Numbers(string name) => Texts(name)?.Select(text =>
        long.TryParse(text, CultureInfo.InvariantCulture, out long value) ? value : throw Invalid(name)).ToArray();

    public bool Descending => Text("sort_order") switch
    {
        null or "asc" or "ASC" => false,
        "desc" or "DESC" => true,
        _ => throw new QueryException(400, "sort_order must be asc or desc"),
    };

    private static QueryException Invalid(string name) => new(400, $"schema: error converting value for \"{name}\"");
}
