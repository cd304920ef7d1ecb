using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>The user's <c>~/.tfgrid-compose/config.yaml</c>.</summary>
/// <param name="Grid">One of <see cref="GridNames.All"/>, or null.</param>
/// <param name="Warnings">Keys without effect.</param>
public sealed record UserConfig(string? Grid, IReadOnlyList<Diagnostic> Warnings)
{
    public const string FileName = "config.yaml";

    /// <summary>
    /// Sources of pattern packages: URLs, folders or names of NuGet sources. Empty for the user's NuGet configuration.
    /// </summary>
    public IReadOnlyList<string> PatternSources { get; init; } = [];

    /// <summary>
    /// Lower-case SHA-256 fingerprints of the certificates that pattern packages may be signed with; empty: packages
    /// need no signature.
    /// </summary>
    public IReadOnlyList<string> TrustedAuthors { get; init; } = [];

    /// <summary>The user's twin on each grid, or one number for all of them under the empty name.</summary>
    public IReadOnlyDictionary<string, int> Twins { get; init; } = new Dictionary<string, int>();

    /// <summary>The version of Terraform's grid provider for each grid, or for all of them under the empty name.</summary>
    public IReadOnlyDictionary<string, string> ProviderVersions { get; init; } = new Dictionary<string, string>();

    /// <summary>Where state is kept if the manifest does not say; null for this machine.</summary>
    public StateBackend? State { get; init; }

    /// <summary>
    /// The settings in the user's state folder; defaults if there is no file. Throws <see cref="DiagnosticException"/>.
    /// </summary>
    public static UserConfig Load(string stateFolder)
    {
        string file = Path.Combine(stateFolder, FileName);
        if (LocatedYaml.ParseOptionalFile(file) is not LocatedMap root)
        {
            return new UserConfig(Grid: null, []);
        }

        var reader = new TreeReader();
        string? grid = IdentityReader.Grid(root, reader);
        LocatedMap? patterns = reader.Map(root, "patterns");
        IReadOnlyList<LocatedScalar> sources = reader.Words(patterns, "sources");
        IReadOnlyList<string> authors = TrustedAuthorReader.Read(patterns, reader);
        IReadOnlyDictionary<string, int> twins = TwinReader.Read(root, reader);
        IReadOnlyDictionary<string, string> versions = ProviderVersionReader.Read(root, reader);
        StateBackend? state = StateReader.Read(root, reader);
        ClosedKeys.Check(root, ["grid", "patterns", "state", TwinReader.Key, ProviderVersionReader.Key], reader);
        if (patterns is not null)
        {
            ClosedKeys.Check(patterns, ["sources", "trusted_authors"], reader);
        }

        return new UserConfig(grid, Settled.Warnings(reader))
        {
            PatternSources = [.. sources.Select(source => source.Text)],
            TrustedAuthors = authors,
            Twins = twins,
            ProviderVersions = versions,
            State = state,
        };
    }
}
