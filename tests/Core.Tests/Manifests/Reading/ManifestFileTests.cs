using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Manifests.Reading;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ManifestFileTests : IDisposable
{
    private const string Start = "name: app\npattern: single-vm\n";

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Test]
    public void The_short_form_is_understood()
    {
        _app.File("deployment/setup.sh");
        _app.File("deployment/healthcheck.sh");

        Manifest manifest = _app.Load(
            """
            name: shop_1
            version: 1.0
            pattern: single-vm
            config: {cpu: 2, memory: 4096, disk: 51200, node: 8}
            grid: local
            hooks:
              setup: ./deployment/setup.sh
              healthcheck: deployment/healthcheck.sh
            """).Manifest;

        Assert.Multiple(() =>
        {
            Assert.That(manifest.Name, Is.EqualTo("shop_1"));
            Assert.That(manifest.Version, Is.EqualTo("1.0"));
            Assert.That(manifest.Pattern.Name, Is.EqualTo("single-vm"));
            Assert.That(manifest.Pattern.Location.Line, Is.EqualTo(3));
            Assert.That(manifest.Grid, Is.EqualTo("local"));
            Assert.That(manifest.AppFolder, Is.EqualTo(_app.Folder));
            Assert.That(manifest.Deployment.Folder, Is.EqualTo("deployment"));
            Assert.That(manifest.Deployment.Hooks.Select(hook => hook.PathInFolder), Is.EqualTo(["setup.sh", "healthcheck.sh"]));
            Assert.That(manifest.Deployment.Configure, Is.Null);
            Assert.That(manifest.Network.Provision, Is.EqualTo([NetworkKind.Wireguard]));
            Assert.That(manifest.Network.Prefer, Is.EqualTo([NetworkKind.Wireguard]));
        });
    }

    [Test]
    public void The_long_form_is_understood()
    {
        _app.File("deployment/setup.sh");

        LoadedManifest loaded = _app.Load(
            """
            name: wiki
            version: "0.3.0"
            description: A wiki
            patterns:
              recommended: single-vm
              supported:
                - single-vm
                - gateway
            resources:
              cpu: {min: 1, recommended: 2}
              ports:
                - 22:ssh
                - 3000:http   # the wiki
                - 8080
                - {port: 9000, name: metrics}
            network:
              provision: mycelium, wireguard,ipv4
              prefer: [ipv4, wireguard]
            environment:
              - name: DNS
                options: [manual, cloud]
                default: manual
              - name: TOKEN
                required: true
                secret: true
                description: The token
                depends_on: {DNS: cloud}
            status:
              method: systemd
              service: wiki
              endpoints:
                - path: /status.php
                  expected_status: 204
                - {path: /metrics, port: 9000}
            logging: {method: systemd, service: wiki, location: /var/log/wiki}
            ssh_keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== me@host"]
            commands:
              backup:
                script: /opt/wiki/backup.sh run
                description: Back up
                args: "[name]"
                interactive: true
                allocate_tty: false
                save_to_context: last
            """);

        Manifest manifest = loaded.Manifest;
        EnvironmentVariable token = manifest.Environment[1];
        AppCommand command = manifest.Commands.Single();
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Warnings, Is.Empty);
            Assert.That(manifest.Version, Is.EqualTo("0.3.0"));
            Assert.That(manifest.Description, Is.EqualTo("A wiki"));
            Assert.That(manifest.Pattern.Supported, Is.EqualTo(["single-vm", "gateway"]));
            Assert.That(
                manifest.Ports,
                Is.EqualTo([new PortSpec(22, "ssh"), new PortSpec(3000, "http"), new PortSpec(8080), new PortSpec(9000, "metrics")]));
            Assert.That(manifest.Network.Provision, Is.EqualTo([NetworkKind.Mycelium, NetworkKind.Wireguard, NetworkKind.PublicIpv4]));
            Assert.That(manifest.Network.Prefer, Is.EqualTo([NetworkKind.PublicIpv4, NetworkKind.Wireguard, NetworkKind.Mycelium]));
            Assert.That(manifest.Environment[0].Options, Is.EqualTo(["manual", "cloud"]));
            Assert.That(manifest.Environment[0].Default, Is.EqualTo("manual"));
            Assert.That(
                (token.Required, token.Secret, token.Description, token.Default),
                Is.EqualTo((true, true, "The token", (string?)null)));
            Assert.That(token.DependsOn["DNS"], Is.EqualTo(["cloud"]));
            Assert.That(manifest.Checks.OfType<AppServiceCheck>().Single().Service, Is.EqualTo("wiki"));
            Assert.That(
                manifest.Checks.OfType<AppHttpCheck>().Select(check => (check.Port, check.Path, check.ExpectedStatus)),
                Is.EqualTo([((int?)null, "/status.php", 204), (9000, "/metrics", 200)]));
            Assert.That(manifest.Logs, Is.EqualTo(new AppLogs("wiki", "/var/log/wiki")));
            Assert.That(manifest.SshKeys, Has.Count.EqualTo(1));
            Assert.That((command.Name, command.Script, command.Args, command.Interactive, command.AllocateTty, command.SaveToContext),
                Is.EqualTo(("backup", "/opt/wiki/backup.sh run", "[name]", true, false, "last")));
            Assert.That(manifest.Deployment.Setup!.Location, Is.Null, "found by its usual name");
        });
    }

    [Test]
    public void A_pattern_may_name_its_version_and_package()
    {
        PatternReference pattern = _app.Load("name: a\npattern:\n  name: swarm\n  version: 1.2\n  package: Acme.Swarm\n").Manifest.Pattern;

        Assert.That((pattern.Name, pattern.Version, pattern.Package), Is.EqualTo(("swarm", "1.2", "Acme.Swarm")));
    }

    [TestCase("network: {public_ipv4: true}", "Wireguard,PublicIpv4", "Wireguard,PublicIpv4")]
    [TestCase("network: {public_ipv4: false}", "Wireguard", "Wireguard")]
    [TestCase("network: {mode: both, main: mycelium}", "Wireguard,Mycelium", "Mycelium,Wireguard")]
    [TestCase("network: {mode: mycelium-only}", "Mycelium", "Mycelium")]
    [TestCase("network: {mode: wireguard-only}", "Wireguard", "Wireguard")]
    [TestCase("network: {main: mycelium}", "Wireguard,Mycelium", "Mycelium,Wireguard")]
    [TestCase("network: {provision: public}", "PublicIpv4", "PublicIpv4")]
    [TestCase("network: {provision: [wireguard, ipv6], prefer: ipv6}", "Wireguard,PublicIpv6", "PublicIpv6,Wireguard")]
    [TestCase("network:", "Wireguard", "Wireguard")]
    public void Networks_are_read_in_all_their_words(string network, string provision, string prefer)
    {
        NetworkRequest request = _app.Load(Start + network + "\n").Manifest.Network;

        Assert.That((string.Join(",", request.Provision), string.Join(",", request.Prefer)), Is.EqualTo((provision, prefer)));
    }

    [TestCase("status: {method: http, endpoint: /health, port: 3000}", "3000/health=200")]
    [TestCase("status: {method: http, endpoint: 'http://localhost:81/x?y=1', expected_status: 301}", "81/x?y=1=301")]
    [TestCase("status: {method: http, path: up}", "/up=200")]
    [TestCase("status: {method: http}", "/=200")]
    [TestCase("status: {endpoints: [/a, {path: /b, port: 8443}]}", "/a=200,8443/b=200")]
    [TestCase("status: {check_interval: 60}", "")]
    public void Http_checks_are_read_in_all_their_shapes(string status, string expected)
    {
        IReadOnlyList<AppCheck> checks = _app.Load(Start + status + "\n").Manifest.Checks;

        Assert.That(
            string.Join(
                ",",
                checks.Cast<AppHttpCheck>().Select(check => $"{check.Port}{check.Path}={check.ExpectedStatus}")), Is.EqualTo(expected));
    }

    [Test]
    public void Environment_may_be_a_map_of_defaults()
    {
        IReadOnlyList<EnvironmentVariable> variables = _app.Load(
            Start + "environment:\n  A: 1\n  B:\n  C: {required: true}\n").Manifest.Environment;

        Assert.That(
            variables.Select(each => (each.Name, each.Default, each.Required)),
            Is.EqualTo([("A", "1", false), ("B", (string?)null, false), ("C", null, true)]));
    }

    [TestCase("version: 1\npattern: single-vm\n", "TFC0213 1:1", TestName = "no name")]
    [TestCase("name: my app\npattern: single-vm\n", "TFC0214 1:7", TestName = "a name with a blank")]
    [TestCase("name: a23456789_123456789_123456789_123456789_1\npattern: single-vm\n", "TFC0214 1:7", TestName = "a long name")]
    [TestCase("name: -a\npattern: single-vm\n", "TFC0214 1:7", TestName = "a name that looks like an option")]
    [TestCase("name: [a]\npattern: single-vm\n", "TFC0212 1:7", TestName = "a list as name")]
    [TestCase("name: app\n", "TFC0215 1:1", TestName = "no pattern")]
    [TestCase("name: app\npattern:\n", "TFC0215 1:1", TestName = "a pattern without value")]
    [TestCase("name: app\npattern: {version: 1}\n", "TFC0215 2:1", TestName = "a pattern without name")]
    [TestCase("name: app\npatterns: {supported: [a, b]}\n", "TFC0215 2:1", TestName = "two patterns and none recommended")]
    [TestCase("name: app\npattern: Single VM\n", "TFC0216 2:10", TestName = "a pattern that is no name")]
    [TestCase("name: app\npattern: [x]\n", "TFC0212 2:10", TestName = "a list as pattern")]
    [TestCase("name: app\npatterns:\n  recommended: a\n  supported: [b]\n", "TFC0217 3:16", TestName = "a pattern that is not supported")]
    [TestCase(Start + "hooks: {setup: gone.sh}\n", "TFC0218 3:16", TestName = "a missing hook")]
    [TestCase(Start + "hooks: {setup: ../x.sh}\n", "TFC0219 3:16", TestName = "a hook above the app")]
    [TestCase(Start + "hooks: {setup: /bin/sh}\n", "TFC0219 3:16", TestName = "an absolute hook")]
    [TestCase(Start + "hooks: {setup: .}\n", "TFC0220 3:16", TestName = "a folder as hook")]
    [TestCase(Start + "hooks: [a]\n", "TFC0212 3:8", TestName = "hooks as a list")]
    [TestCase(Start + "env_file: gone.env\n", "TFC0218 3:11", TestName = "a missing env file")]
    [TestCase(Start + "env_file: /etc/passwd\n", "TFC0219 3:11", TestName = "an env file outside")]
    [TestCase(Start + "network: {provision: 'wireguard, wiregard'}\n", "TFC0221 3:34", TestName = "a misspelt network")]
    [TestCase(Start + "network: {mode: some}\n", "TFC0221 3:17", TestName = "an unknown mode")]
    [TestCase(Start + "network: {prefer: mycelium}\n", "TFC0222 3:19", TestName = "a preferred network that is not there")]
    [TestCase(Start + "network: {public_ipv4: maybe}\n", "TFC0212 3:24", TestName = "maybe as a flag")]
    [TestCase(Start + "network: wireguard\n", "TFC0212 3:10", TestName = "a text as network")]
    [TestCase(Start + "resources:\n  ports: [0, 65536, ssh, 22:a b, -1, [1]]\n",
        "TFC0223 4:11,TFC0223 4:14,TFC0223 4:21,TFC0223 4:26,TFC0223 4:34,TFC0223 4:38", TestName = "bad ports")]
    [TestCase(Start + "resources:\n  ports: [80, 80:http]\n", "TFC0224 4:15", TestName = "a port twice")]
    [TestCase(Start + "status: {method: systemd, service: '-x y'}\n", "TFC0225 3:36", TestName = "a bad unit")]
    [TestCase(Start + "status: {method: systemd}\n", "TFC0225 3:18", TestName = "a systemd check without unit")]
    [TestCase(Start + "status:\n  endpoints:\n    - {path: /, expected_status: 20}\n", "TFC0225 5:34", TestName = "a bad status")]
    [TestCase(Start + "status:\n  endpoints:\n    - {path: /, port: 99999}\n", "TFC0225 5:23", TestName = "a bad port in a check")]
    [TestCase(Start + "status:\n  endpoints: ['ftp://x/']\n", "TFC0225 4:15", TestName = "a bad endpoint")]
    [TestCase(Start + "status: {method: smoke}\n", "TFC0232 3:18", TestName = "an unknown check")]
    [TestCase(Start + "grid: lokal\n", "TFC0226 3:7", TestName = "an unknown grid")]
    [TestCase(Start + "ssh_keys: [hello]\n", "TFC0227 3:12", TestName = "a bad key")]
    [TestCase(Start + "commands: {'a b': {script: x}}\n", "TFC0228 3:12", TestName = "a bad command name")]
    [TestCase(Start + "commands: {run: {description: x}}\n", "TFC0228 3:12", TestName = "a command without script")]
    [TestCase(Start + "environment: [{name: A-B}]\n", "TFC0230 3:22", TestName = "a bad variable name")]
    [TestCase(Start + "environment: [{name: UID}]\n", "TFC0230 3:22", TestName = "a reserved variable name")]
    [TestCase(Start + "environment: [{default: 1}]\n", "TFC0230 3:15", TestName = "a variable without name")]
    [TestCase(Start + "environment: [{name: A}, {name: A}]\n", "TFC0231 3:33", TestName = "a variable twice")]
    [TestCase(Start + "environment: [{name: A, options: [x], default: y}]\n", "TFC0230 3:22", TestName = "a default outside its options")]
    [TestCase(Start + "environment: [{name: A, depends_on: {B: y}}]\n", "TFC0230 3:22", TestName = "a condition on nothing")]
    [TestCase(Start + "environment: [{name: A, required: 5}]\n", "TFC0212 3:35", TestName = "a number as flag")]
    [TestCase(Start + "environment: hello\n", "TFC0212 3:14", TestName = "a text as environment")]
    [TestCase("name: a b\npattern: X\ngrid: no\n", "TFC0214 1:7,TFC0216 2:10,TFC0226 3:7", TestName = "everything at once")]
    public void A_bad_value_is_a_problem_at_its_place(string manifest, string expected) =>
        Assert.That(string.Join(",", _app.Problems(manifest)), Is.EqualTo(expected));

    [Test]
    public void A_message_holds_the_value_and_a_remedy_the_nearest_name()
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => _app.Load(Start + "grid: lokal\n"))!;

        Assert.That(problem.Diagnostics[0].Message, Does.Contain("'lokal'"));
        Assert.That(problem.Diagnostics[0].Remedy, Does.StartWith("Did you mean 'local'?"));
        Assert.That(problem.Diagnostics[0].Location!.File, Is.EqualTo(Path.Combine(_app.Folder, "tfgrid-compose.yaml")));
        Assert.That(
            Assert.Throws<DiagnosticException>(() => _app.Load("name: app\n"))!.Diagnostics[0].Remedy,
            Is.EqualTo("Add a line like 'pattern: NAME'; 'tfgrid-compose patterns list' shows the names."));
    }

    [Test]
    public void A_missing_folder_a_file_and_a_folder_without_manifest_are_told_apart()
    {
        string file = _app.File("x.txt");

        Assert.Multiple(() =>
        {
            Assert.That(CodeOf(Path.Combine(_app.Folder, "gone")), Is.EqualTo(ManifestCodes.AppMissing));
            Assert.That(CodeOf(""), Is.EqualTo(ManifestCodes.AppMissing));
            Assert.That(CodeOf(file), Is.EqualTo(ManifestCodes.AppNotAFolder));
            Assert.That(CodeOf(_app.Folder), Is.EqualTo(ManifestCodes.FileMissing));
        });
    }

    [Test]
    public void A_folder_in_the_manifests_place_is_unreadable()
    {
        Directory.CreateDirectory(Path.Combine(_app.Folder, ManifestFile.FileName));

        Assert.That(CodeOf(_app.Folder), Is.EqualTo(ManifestCodes.FileUnreadable));
    }

    [Test]
    public void A_manifest_named_yml_is_found_for_the_remedy()
    {
        _app.File("tfgrid-compose.yml", Start);

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => ManifestFile.Load(_app.Folder))!;

        Assert.That(problem.Diagnostics[0].Remedy, Does.StartWith("Rename it: mv "));
    }

    [Test]
    public void A_hook_outside_the_app_is_told_where_it_belongs()
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => _app.Load($"{Start}hooks: {{setup: ../setup.sh}}\n"))!;

        Diagnostic outside = problem.Diagnostics.Single();
        Assert.That(
            (outside.Code, outside.Message, outside.Remedy),
            Is.EqualTo((
                ManifestCodes.PathOutsideApp,
                "The setup hook '../setup.sh' is outside the app's folder.",
                $"Write a path inside {_app.Folder}, relative to it.")));
    }

    private static string CodeOf(string folder) =>
        Assert.Throws<DiagnosticException>(() => ManifestFile.Load(folder))!.Diagnostics.Single().Code;
}
