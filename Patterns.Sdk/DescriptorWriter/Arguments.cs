namespace TfgridCompose.DescriptorWriter;

/// <summary>What the SDK's build targets ask for.</summary>
internal sealed record Arguments
{
    public required string Assembly { get; init; }

    /// <summary>The project file that errors point to.</summary>
    public required string Project { get; init; }

    /// <summary>The project's PatternId; empty where it has none, and the exported name is the id.</summary>
    public required string Id { get; init; }

    /// <summary>The project's version, that of the package.</summary>
    public required string Version { get; init; }

    public required string Output { get; init; }

    /// <summary>False for patterns with planted defects: the descriptor is written from what could be read.</summary>
    public bool Checked { get; init; } = true;

    /// <summary>Stands in the descriptor in place of the SDK's own contract; only where nothing is checked.</summary>
    public string? Contract { get; init; }

    /// <summary>Every option has exactly one value.</summary>
    public static Arguments Parse(string[] args)
    {
        var values = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.Ordinal);
        return new Arguments
        {
            Assembly = values["--assembly"],
            Project = values["--project"],
            Id = values["--id"],
            Version = values["--version"],
            Output = values["--output"],
            Checked = !values.ContainsKey("--unchecked"),
            Contract = values.GetValueOrDefault("--unchecked") is { Length: > 0 } contract ? contract : null,
        };
    }
}
