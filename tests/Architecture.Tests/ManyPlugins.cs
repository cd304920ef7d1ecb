using System.Text.Json.Nodes;

namespace TfgridCompose.Architecture.Tests;

/// <summary>
/// A user's home full of plugins: copies of real ones, in turn, under other names, some of them broken, each in one of
/// the ways that files show.
/// </summary>
internal sealed class ManyPlugins(string home, IReadOnlyList<string> templates)
{
    public const string Description = "A copy for a full house.";

    private static readonly (string Code, Action<string> Break)[] Defects =
    [
        ("TFC0802", folder => File.Delete(Descriptor(folder))),
        ("TFC0803", folder => File.WriteAllText(Descriptor(folder), "{ \"schema\": 1, \"name\": ")),
        ("TFC0804", folder => File.Delete(Assembly(folder))),
        ("TFC0805", folder => Describe(folder, "contract", "9.0")),
        ("TFC0807", folder => Describe(folder, "name", "plugin-0")),
        ("TFC0808", folder => File.WriteAllText(
            Path.ChangeExtension(Assembly(folder), ".deps.json"), """{"targets": {"net10.0": {"a/1.0.0": {"runtime": {"lib/net10.0/Gone.dll": {}}}}}}""")),
        ("TFC0809", folder => File.AppendAllText(Assembly(folder), "x")),
    ];

    public string Home { get; } = home;

    /// <summary>
    /// Adds that many; the broken ones come after the first good one. Returns each broken one's name in the list and
    /// its code.
    /// </summary>
    public IReadOnlyList<(string Name, string Code)> Add(int count, int broken)
    {
        var defects = new List<(string Name, string Code)>();
        for (int i = 0; i < count; i++)
        {
            string folder = Copy($"plugin-{i}", templates[i % templates.Count]);
            if (i > 0 && i <= broken)
            {
                (string code, Action<string> spoil) = Defects[i % Defects.Length];
                spoil(folder);
                defects.Add((code == "TFC0807" ? "plugin-0" : $"plugin-{i}", code));
            }
        }

        return defects;
    }

    private string Copy(string name, string template)
    {
        string folder = Path.Combine(Home, ".tfgrid-compose", "plugins", name);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(template))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        Describe(folder, "name", name);
        Describe(folder, "description", Description);
        return folder;
    }

    private static string Descriptor(string folder) => Path.Combine(folder, "plugin.json");

    private static string Assembly(string folder) => Directory.GetFiles(folder, "*.dll")[0];

    private static void Describe(string folder, string field, string value)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Descriptor(folder)))!;
        json[field] = value;
        File.WriteAllText(Descriptor(folder), json.ToJsonString());
    }
}
