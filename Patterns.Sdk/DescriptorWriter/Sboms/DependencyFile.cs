using System.Text.Json;
using TfgridCompose.Core.Plugins.Sboms;

namespace TfgridCompose.DescriptorWriter.Sboms;

/// <summary>
/// A <c>.deps.json</c>: what an assembly needs at run time.
/// https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
/// </summary>
internal sealed class DependencyFile : IDisposable
{
    private const string RuntimePackPrefix = "runtimepack.";
    private readonly JsonDocument _json;
    private readonly JsonElement _target;

    public DependencyFile(string path)
    {
        _json = JsonDocument.Parse(File.ReadAllBytes(path));
        string target = _json.RootElement.GetProperty("runtimeTarget").GetProperty("name").GetString() ?? "";
        _target = _json.RootElement.GetProperty("targets").GetProperty(target);
    }

    /// <summary>All parts; the first is the assembly whose file this is.</summary>
    public IReadOnlyList<SbomComponent> Components()
    {
        SbomComponent[] parts = [.. Libraries().Select(Component)];
        Dictionary<string, string> references = parts.ToDictionary(part => part.Name, part => part.Reference, StringComparer.Ordinal);
        return [.. parts.Zip(Libraries(), (part, library) => part with { Needs = Needs(library.Name, references) })];
    }

    public void Dispose() => _json.Dispose();

    // A "reference" names an assembly of a project, which is listed, too.
    private IEnumerable<JsonProperty> Libraries() => _json.RootElement.GetProperty("libraries").EnumerateObject()
        .Where(library => library.Value.GetProperty("type").GetString() != "reference");

    private static SbomComponent Component(JsonProperty library)
    {
        string[] parts = library.Name.Split('/', 2);
        (string name, string version) = (parts[0], parts[1]);
        return library.Value.GetProperty("type").GetString() switch
        {
            "package" => new("library", name)
            {
                Version = version,
                Purl = PackageUrl.OfNuGet(name, version),
            },
            "runtimepack" => new("framework", name[RuntimePackPrefix.Length..])
            {
                Version = version,
                Purl = PackageUrl.OfNuGet(name[RuntimePackPrefix.Length..], version),
            },
            _ => new("library", name) { Version = version },
        };
    }

    private IReadOnlyCollection<string> Needs(string library, Dictionary<string, string> references)
    {
        if (!_target.TryGetProperty(library, out JsonElement entry)
            || !entry.TryGetProperty("dependencies", out JsonElement dependencies))
        {
            return [];
        }

        return
        [
            .. dependencies.EnumerateObject()
                .Select(dependency => references.GetValueOrDefault(dependency.Name)
                    ?? references.GetValueOrDefault(dependency.Name.Replace(RuntimePackPrefix, "", StringComparison.Ordinal)))
                .OfType<string>(),
        ];
    }
}
