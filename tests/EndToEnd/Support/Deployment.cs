using System.Text.Json;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>A deployment as its files on this machine show it.</summary>
internal sealed record Deployment(string Folder)
{
    public string Id => Path.GetFileName(Folder);

    public string PrimaryIp => State["primary_ip"];

    public string? WireguardInterface => State["wg_interface"] is { Length: > 0 } name ? name : null;

    /// <summary>The flat keys of state.yaml.</summary>
    public IReadOnlyDictionary<string, string> State => File.ReadLines(In("state.yaml"))
        .Select(line => line.Split(": ", 2))
        .ToDictionary(pair => pair[0].TrimEnd(':'), pair => pair.Length > 1 ? pair[1] : "");

    public string IpRange => Recorded("ip_range");

    /// <summary>The tunnel's interface, also before the first <c>up</c> has ended.</summary>
    public string RecordedInterface => Recorded("wireguard_interface");

    /// <summary>Phases and results of the journal, in order: <c>platform done</c>. Lines about a verb as a whole are left out.</summary>
    public IReadOnlyList<string> Journal =>
    [
        .. File.ReadLines(In("journal")).Select(line =>
        {
            using var entry = JsonDocument.Parse(line[..line.LastIndexOf(' ')]);
            return $"{Text(entry.RootElement, "phase")} {Text(entry.RootElement, "result")}".ToLowerInvariant();
        }).Where(line => !line.StartsWith(' ')),
    ];

    private string Recorded(string key)
    {
        using var record = JsonDocument.Parse(Read("deployment.json"));
        return record.RootElement.GetProperty(key).GetString()!;
    }

    public string In(string file) => Path.Combine(Folder, file);

    public string Read(string file) => File.ReadAllText(In(file));

    public static Deployment Of(SampleApp app) => OfLink(app.Link);

    public static Deployment OfLink(string link) =>
        new(new FileInfo(link).LinkTarget ?? throw new AssertionException($"{link} is no link to a deployment"));

    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
}
