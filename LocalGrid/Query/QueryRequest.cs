using System.Globalization;

namespace TfgridCompose.LocalGrid.Query;

/// <summary>Path and parameters. A parameter that the path does not know is an error; an empty one is ignored.</summary>
internal sealed class QueryRequest
{
    private static readonly Dictionary<string, ParameterKind> Common = new()
    {
        ["page"] = ParameterKind.Number,
        ["size"] = ParameterKind.Number,
        ["ret_count"] = ParameterKind.Flag,
        ["randomize"] = ParameterKind.Flag,
        ["sort_by"] = ParameterKind.Text,
        ["sort_order"] = ParameterKind.Text,
        ["balance"] = ParameterKind.Decimal,
    };

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

    /// <summary>Every name and every value, before anything is looked for (grid-proxy/internal/explorer/param_parser.go).</summary>
    public void Check(IReadOnlyDictionary<string, ParameterKind> filters)
    {
        foreach (string name in _parameters.Keys.Where(name => Text(name) is not null))
        {
            if (!filters.TryGetValue(name, out ParameterKind kind) && !Common.TryGetValue(name, out kind))
            {
                throw Undecodable($"invalid path \"{name}\"");
            }

            _ = kind switch
            {
                ParameterKind.Number => Number(name) is null,
                ParameterKind.Numbers => Numbers(name) is null,
                ParameterKind.Decimal => Decimal(name) is null,
                ParameterKind.Flag => Flag(name) is null,
                _ => false,
            };
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
        "1" or "t" or "T" or "true" or "TRUE" or "True" or "on" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw Invalid(name),
    };

    public string[]? Texts(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public long[]? Numbers(string name) => Texts(name)?.Select(text =>
        long.TryParse(text, CultureInfo.InvariantCulture, out long value) && value >= 0
            ? value
            : throw Undecodable($"error converting value for index 0 of \"{name}\"")).ToArray();

    private static QueryException Invalid(string name) => Undecodable($"error converting value for \"{name}\"");

    private static QueryException Undecodable(string why) => new(400, $"failed to decode params: schema: {why}");
}
