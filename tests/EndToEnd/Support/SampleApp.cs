namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>A small app folder: a page with the app's name on port 8080, served by a systemd unit.</summary>
internal sealed class SampleApp
{
    public const int Port = 8080;

    private const string SetupHook = """
        #!/usr/bin/env bash
        set -euo pipefail
        echo "setup says hello"
        install -d /opt/page
        printf 'page of %s\n' "$APP_NAME" >/opt/page/index.html
        cat >/etc/systemd/system/page.service <<'UNIT'
        [Service]
        ExecStart=/usr/bin/python3 -u -m http.server --directory /opt/page --bind :: 8080
        UNIT
        systemctl daemon-reload
        systemctl restart page.service
        """;

    private const string HealthcheckHook = """
        #!/usr/bin/env bash
        for _ in {1..60}; do
          curl --fail --silent --max-time 2 http://localhost:8080/ && exit 0
          sleep 0.25
        done
        exit 1
        """;

    public SampleApp(string folder, string name)
    {
        Folder = folder;
        Name = name;
        Directory.CreateDirectory(Path.Combine(folder, "deployment"));
        Hook("setup", SetupHook);
        Hook("healthcheck", HealthcheckHook);
        WriteManifest();
    }

    public string Folder { get; private set; }

    public string Name { get; }

    public string Page => $"page of {Name}\n";

    public string Pattern { get; set; } = "single-vm";

    public string Packages { get; set; } = "[curl]";

    public int Memory { get; set; } = 512;

    public int? Node { get; set; }

    /// <summary>More lines of the manifest, for example its networks.</summary>
    public string More { get; set; } = "";

    public string Link => Path.Combine(Folder, ".tfgrid-compose");

    public SampleApp Hook(string name, string script)
    {
        string path = Path.Combine(Folder, "deployment", $"{name}.sh");
        File.WriteAllText(path, script + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
        return this;
    }

    public SampleApp WriteManifest()
    {
        string options = Pattern == "single-vm"
            ? $"config: {{cpu: 1, memory: {Memory}, disk: 2048, packages: {Packages}{(Node is { } node ? $", node: {node}" : "")}}}"
            : "";
        File.WriteAllText(Path.Combine(Folder, "tfgrid-compose.yaml"), $"""
            name: {Name}
            version: 1.0.0
            pattern: {Pattern}
            {options}
            resources:
              ports: ["8080:http"]
            logging:
              service: page.service
            {More}
            """);
        return this;
    }

    /// <summary>Edits the manifest as it stands; the edit must change something, or be none.</summary>
    public void Manifest(Func<string, string> edit)
    {
        string path = Path.Combine(Folder, "tfgrid-compose.yaml");
        string text = File.ReadAllText(path);
        string edited = edit(text);
        Assert.That(edited, Is.Not.EqualTo(text), text);
        File.WriteAllText(path, edited);
    }

    public void MoveTo(string folder)
    {
        Directory.Move(Folder, folder);
        Folder = folder;
    }
}
