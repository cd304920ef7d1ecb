namespace TfgridCompose.DescriptorWriter.Sboms;

/// <summary>The arguments of <c>sbom</c>.</summary>
internal sealed record SbomArguments
{
    /// <summary>The dependency files of what is shipped; the first is that of the whole.</summary>
    public required IReadOnlyList<string> DependencyFiles { get; init; }

    /// <summary>The project.assets.json that names the folders of packages.</summary>
    public required string Assets { get; init; }

    /// <summary>The folder of the shipped files.</summary>
    public required string Files { get; init; }

    /// <summary>The id and version of the package, if one is created.</summary>
    public (string Id, string Version)? Package { get; init; }

    public required string Output { get; init; }

    /// <summary>Pairs of an option and its value; <c>--deps</c> may be repeated.</summary>
    public static SbomArguments Parse(IEnumerable<string> args)
    {
        ILookup<string, string> values = args.Chunk(2)
            .ToLookup(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.Ordinal);
        return new SbomArguments
        {
            DependencyFiles = [.. values["--deps"]],
            Assets = values["--assets"].Single(),
            Files = values["--files"].Single(),
            Package = values["--package"].FirstOrDefault() is { } id ? (id, values["--version"].Single()) : null,
            Output = values["--output"].Single(),
        };
    }
}
