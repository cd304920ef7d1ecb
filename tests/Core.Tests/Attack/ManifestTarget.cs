using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Ansible;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Terraform.States;
using TfgridCompose.Core.Tools.Variables;
using TfgridCompose.Patterns.Sdk;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>An app of a stranger: its manifest, on the way to Terraform, Ansible, ssh and hooks.</summary>
internal sealed class ManifestTarget : CoreTarget
{
    private static readonly string[] Lines =
    [
        "pattern: ../../x", "pattern: {package: x, version: 1}", "pattern: /etc", "hooks: {setup: ../../etc/passwd}",
        "hooks: {setup: /bin/sh}",
        "env_file: ../../.ssh/id_ed25519", "env_file: /etc/shadow", "a: &a [*a, *a]", "b: [*a, *a, *a, *a, *a, *a, *a, *a]",
        "<<: *base", "<<: [*base, *base]",
        "? [a, b]\n: c", "- x", "---", "...", "%YAML 1.1", "x: !!binary aGk=", "x: !!python/object:os.system {}",
        "x: |\n  a\n  b", "x: >-\n  a", "\tx: y",
        "name: ../x", "name: -x", "name: 'a b'", "state: {backend: local, config: {path: /etc/x}}",
        "state: {backend: pg, config: {conn_str: x}}",
        "config: {cpu: 1e9}", "config: {memory: 99999999999999999999G}", "config: {node: -1}", "network: {provision: all}",
        "network: {provision: []}",
        "grid: paid", "deploy: {strategy: x}", "commands: {run: {script: ../../x}}", "status: {endpoint: //evil/x}",
        "status: {endpoints: [{path: x, port: 99999}]}",
        "logging: {service: --unit=x}", "logging: {location: /etc/shadow}", "ssh_keys: [\"ssh-ed25519 A\\nssh-rsa B\"]",
        "<<: {a: 1}", "~: ~", "'': ''",
    ];

    public override string Name => "manifests";

    public override AttackInput Make(Random random, int number) => random.Next(3) == 0
        ? Spoiling.Lines(random, HostileWords.Pick(random, ManifestSeeds.Yaml), ":", Lines)
        : Json(random, ManifestSeeds.Json);

    public override string Take(AttackInput input, string folder)
    {
        string app = Path.Combine(folder, "app");
        Lay(app);
        File.WriteAllBytes(Path.Combine(app, ManifestFile.FileName), input.Bytes);
        Manifest manifest = ManifestFile.Load(app).Manifest;
        Surroundings here = Here(folder, new RecordingRunner());
        Place(here, manifest);
        if (manifest.Pattern.Folder is { } pattern)
        {
            PatternCatalogEntry own = PluginCatalog.Open(pattern);
            return own.Problem?.Code ?? "own pattern";
        }

        string outcome = Deployed(manifest, manifest.Pattern.Name == "gateway" ? AttackPattern.Gateway : AttackPattern.Single);
        Hooks(manifest);
        return outcome;
    }

    private static void Lay(string app)
    {
        foreach ((string path, string text) in new[]
        {
            ("deployment/setup.sh", "#!/bin/sh\n"), ("deployment/configure.sh", "#!/bin/sh\n"),
            ("deployment/healthcheck.sh", "#!/bin/sh\n"), ("src/index.html", "hello"), ("values.env", "DOMAIN=shop.example.org\n"),
            ("pattern/pattern.yaml", "name: own\nversion: 1.0.0\n"),
        })
        {
            string full = Path.Combine(app, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }

    private static void Place(Surroundings here, Manifest manifest)
    {
        if (SharedTarget.PlaceOf(here, manifest, manifest.Name) is BackendPlace place)
        {
            _ = BackendFile.Text(place.Kind, place.Infrastructure);
            _ = BackendFile.Text(place.Kind, place.Record);
        }
    }

    private static string Deployed(Manifest manifest, AttackPattern pattern)
    {
        var guarded = new GuardedPattern(pattern.Name, pattern.Pattern);
        PatternDeclaration declaration = pattern.Pattern.Declaration;
        _ = UnknownKeys.Of(manifest, declaration);
        BoundOptions bound = OptionBinder.Bind(manifest.Tree, declaration);
        if (bound.Problems.FirstOrDefault(problem => problem.Severity == Severity.Error) is { } problem)
        {
            return problem.Code;
        }

        Topology topology = guarded.Topology(
            new TopologyRequest { AppName = manifest.Name, Options = bound.Options, Network = manifest.Network, Ports = manifest.Ports });
        if (topology.Problems.Count > 0)
        {
            return "topology refused";
        }

        Use(manifest, guarded, bound.Options, [.. topology.Hosts.Select((host, index) => new AssignedHost(host, index + 8))]);
        return Accepted;
    }

    private static void Use(Manifest manifest, GuardedPattern pattern, PatternOptions options, IReadOnlyList<AssignedHost> hosts)
    {
        IReadOnlyDictionary<string, object?> variables = pattern.Variables(new VariablesRequest
        {
            DeploymentId = RecordSeeds.Id,
            Hosts = hosts,
            IpRange = "10.42.0.0/16",
            SshPublicKeys = manifest.SshKeys,
            Keys = new DeploymentKeys(new byte[32]),
            Options = options,
            Network = manifest.Network,
            Ports = manifest.Ports,
        });
        _ = PatternValueJson.Of(variables);
        var facts = new DeploymentFacts
        {
            DeploymentId = RecordSeeds.Id,
            AppName = manifest.Name,
            Hosts = [.. hosts.Select(Facts)],
            Options = options,
            Network = manifest.Network,
            Ports = manifest.Ports,
        };
        Rules.Variables(AnsibleInventory.Variables(pattern.Inventory(facts).Variables));
        foreach (VerificationCheck check in pattern.Verification(facts))
        {
            _ = RecordedCheck.Of(check);
        }

        AttackFailure.Unless(
            pattern.Endpoints(facts).All(endpoint => !endpoint.Url.Any(letter => char.IsControl(letter) || letter == ' ')),
            "an endpoint with a control character");
        _ = pattern.AppTargets(facts);
        _ = pattern.AppPort(facts);
        DeploymentRecord record = RecordSeeds.Single with
        {
            AppName = manifest.Name,
            Name = manifest.Name,
            AppVersion = manifest.Version,
            LogService = (manifest.Logs as AppLogs)?.Service,
            Hosts = [.. hosts.Select(DeploymentConversion.ToRecord)],
        };
        string? problem = RecordCheck.ProblemOf(record);
        AttackFailure.Unless(problem is null, $"what was accepted is no valid record: {problem}");
        Rules.StateYaml(StateYaml.Of(record));
        KeyValuePair<string, string>[] values = [.. HookVariables.Facts(record, record.Hosts[0], manifest, domain: null)];
        EnvFileRule.Hold(EnvFileText.Of(values.Select(pair => new EnvironmentValue(pair.Key, pair.Value))), values);
    }

    private static HostFacts Facts(AssignedHost host) => new()
    {
        Name = host.Spec.Name,
        Role = host.Spec.Role,
        NodeId = host.NodeId,
        Addresses =
        [
            new HostAddress(NetworkKind.PublicIpv4, $"203.0.113.{host.NodeId % 250}"),
            new HostAddress(NetworkKind.Wireguard, "10.42.2.2"),
        ],
    };

    private static void Hooks(Manifest manifest)
    {
        var files = AppFiles.Of(manifest);
        foreach (AppFile file in files.Files.Where(file => file.Kind == AppFileKind.File))
        {
            Rules.Below(manifest.AppFolder, file.LocalPath);
            Rules.Below("/tmp", $"/{file.HostPath}");
        }

        foreach (AppHook hook in manifest.Deployment.Hooks)
        {
            Rules.Below(manifest.AppFolder, Path.Combine(manifest.AppFolder, hook.Path));
            string[] words = ["sh", "-s", "--", "run", "key", hook.Name, hook.PathInFolder, ""];
            Rules.Quoted(HookScript.Run("key", hook.Name, hook.PathInFolder, seen: null), words);
        }

        foreach (AppServiceCheck check in manifest.Checks.OfType<AppServiceCheck>())
        {
            Rules.Quoted(ShellQuote.Words(["systemctl", check.Service]), ["systemctl", check.Service]);
        }

        EnvironmentResolver.Resolve(new EnvironmentRequest
        {
            Declared = manifest.Environment,
            AppFolder = manifest.AppFolder,
            ManifestEnvFile = manifest.EnvFile,
        });
    }
}
