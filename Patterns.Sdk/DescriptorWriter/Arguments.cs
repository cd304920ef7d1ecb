namespace TfgridCompose.DescriptorWriter;

/// <summary>The arguments from the SDK's build targets.</summary>
internal sealed record Arguments
{
    public required string Assembly { get; init; }

    /// <summary>The project file that errors point to.</summary>
    public required string Project { get; init; }

    /// <summary>The project's PatternId; if it is empty, the exported name is the id.</summary>
    public required string Id { get; init; }

    /// <summary>The version of the project and its package.</summary>
    public required string Version { get; init; }

    public required string Output { get; init; }

    /// <summary>False for patterns with planted defects: the descriptor has whatever could be read.</summary>
    public bool Checked { get; init; } = true;

    /// <summary>The contract version in the descriptor, instead of the SDK's; only without checks.</summary>
    public string? Contract { get; init; }

    /// <summary>Every option must have one value.</summary>
    public static Arguments Parse(string[] args)
    {
        var values = args.Chunk(2).ToDictionary(
            pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.Ordinal);
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
