namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>The pattern in Patterns/fleet: as many machines alike as its option <c>count</c> says, each a deployment of its own.</summary>
internal static class Fleet
{
    private const string Pattern = "fleet";

    /// <summary>
    /// An app of a fleet; <paramref name="options"/> is the inside of the manifest's <c>config</c>, such as
    /// <c>count: 2, nodes: [6, 8]</c>.
    /// </summary>
    public static SampleApp In(Lab lab, string name, string options)
    {
        string plugin = Path.Combine(lab.ComposeHome, "plugins", Pattern);
        if (!Directory.Exists(plugin))
        {
            Folders.Copy(Path.Combine(Product.Repository, "tests", "EndToEnd", "Patterns", Pattern), plugin);
        }

        return new SampleApp(lab.In(name), name) { Pattern = Pattern, More = Config(options) }.WriteManifest();
    }

    public static SampleApp Change(SampleApp app, string options)
    {
        app.More = Config(options);
        return app.WriteManifest();
    }

    private static string Config(string options) => $"config: {{{options}}}";
}
