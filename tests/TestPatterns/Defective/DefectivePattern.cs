using System.Text;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.Defective;

/// <summary>A correct pattern, or one with the defect that the file <c>defect</c> next to its assembly names.</summary>
[ExportPattern("defective", "1.0.0", "One machine, with a defect on request.")]
public sealed class DefectivePattern : Pattern
{
    private static readonly string Defect = Named();
    private static int _calls;

    public override PatternDeclaration Declaration { get; } = new()
    {
        Options =
        [
            new()
            {
                Name = "cpu",
                Type = OptionType.Integer,
                Sources = [new("config.cpu")],
                Description = Is("undocumented-option") ? "" : "Processors.",
                Default = Is("default-out-of-range") ? "64" : "1",
                Min = 1,
                Max = 32,
            },
            new()
            {
                Name = Is("duplicate-option") ? "cpu" : "size",
                Sources = Is("option-without-source")
                    ? []
                    : [new(Is("duplicate-source") ? "config.cpu" : "config.size")],
                Description = "How large it feels.",
                Allowed = ["small", "large"],
                Default = Is("default-not-allowed") ? "huge" : null,
            },
        ],
        Roles = [new() { Name = "box", Description = Is("undescribed-role") ? "" : "The machine." }],
        Commands =
        [
            new()
            {
                Name = "uptime",
                Description = "How long it runs.",
                Role = Is("command-on-unknown-role") ? "boss" : "box",
                Command = ["uptime"],
            },
        ],
    };

    public override IReadOnlyList<PatternFile> Files => [.. base.Files.Select(Changed), .. Added()];

    public override Topology Topology(TopologyRequest request)
    {
        HostSpec box = new()
        {
            Name = Is("illegal-host-name") ? "web.1" : "box",
            Role = Is("undeclared-role") ? "boss" : "box",
            Cpu = Is("too-many-cpus") ? 64 : (int)request.Options.Integer("cpu"),
            MemoryMb = 256,
            DiskGb = Is("changing-topology") ? ++_calls : 1,
        };
        return new()
        {
            Hosts = Is("null-hosts") ? null! : Is("no-machine") ? [] : Is(
                "duplicate-host-name") || Is("host-without-group") ? [
                box,
                box with { Name = Is("host-without-group") ? "other" : "box" },
            ] : [box],
            Problems = Is("refused-sample") ? [new("nothing is right", "write another sample")] : [],
        };
    }

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request)
    {
        var values = new Dictionary<string, object?>
        {
            ["deployment_id"] = request.DeploymentId,
            ["solution_type"] = request.SolutionType,
            ["ip_range"] = request.IpRange,
            ["node_id"] = request.Hosts[0].NodeId,
            ["cpu"] = request.Hosts[0].Spec.Cpu,
            ["ssh_keys"] = request.SshPublicKeys,
        };
        if (Is("undeclared-variable"))
        {
            values["colour"] = "green";
        }
        else if (Is("missing-variable"))
        {
            values.Remove("node_id");
        }
        else if (Is("changing-variables"))
        {
            values["cpu"] = ++_calls;
        }
        else if (Is("unwritable-variable"))
        {
            values["comment"] = typeof(string);
        }

        return values;
    }

    public override Inventory Inventory(DeploymentFacts deployment) => new()
    {
        Groups = [new() { Name = "boxes", Hosts = Is("unknown-host") ? ["box", "ghost"] : ["box"] }],
    };

    private static bool Is(string defect) => Defect == defect;

    private static string Named()
    {
        string file = Path.Combine(Path.GetDirectoryName(typeof(DefectivePattern).Assembly.Location) ?? "", "defect");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    private static PatternFile Changed(PatternFile file) => (Defect, file.Path) switch
    {
        ("wrong-output", "infrastructure/outputs.tf") => Replaced(file, "\"wireguard\"", "\"mycelium\""),
        ("missing-output", "infrastructure/outputs.tf") => Replaced(file, "output \"node_ids\"", "output \"nodes\""),
        ("unknown-reference", "infrastructure/main.tf") => Replaced(file, "var.node_id", "var.node"),
        ("terraform-syntax", "infrastructure/main.tf") => Replaced(file, "vms {", "vms ["),
        ("unknown-argument", "infrastructure/main.tf") => Replaced(file, "cpu      =", "cpus     ="),
        ("kept-resource", "infrastructure/main.tf") => Replaced(
            file, "  vms {", "  lifecycle { prevent_destroy = true }\n  vms {"),
        ("playbook-syntax", "platform/site.yml") => Replaced(file, "ansible.builtin.copy:", "ansible.builtin.copy: ["),
        ("unknown-role", "platform/site.yml") => Replaced(
            file, "gather_facts: false", "gather_facts: false\n  roles: [absent]"),
        ("changing-play", "platform/site.yml") => Replaced(
            file,
            "    - name: Write a note",
            "    - name: Count the runs\n      ansible.builtin.command: date\n    - name: Write a note"),
        _ => file,
    };

    private static IEnumerable<PatternFile> Added() => Defect switch
    {
        "second-provider" => [
            Written("infrastructure/random.tf", "resource \"random_id\" \"id\" {\n  byte_length = 4\n}\n"),],
        "provider-in-a-module" => [
            Written(
                "infrastructure/modules/key/main.tf",
                "terraform {\n  required_providers {\n    tls = { source = \"hashicorp/tls\" }\n  }\n}\n"),
            ],
        "mnemonic-variable" => [
            Written("infrastructure/mnemonic.tf", "variable \"Mnemonic\" {\n  type    = string\n  default = \"\"\n}\n"),
            ],
        _ => [],
    };

    private static PatternFile Replaced(PatternFile file, string what, string by)
    {
        using var reader = new StreamReader(file.Open());
        string text = reader.ReadToEnd();
        return text.Contains(what, StringComparison.Ordinal)
            ? Written(file.Path, text.Replace(what, by, StringComparison.Ordinal))
            : throw new InvalidOperationException($"{file.Path} does not hold {what}");
    }

    private static PatternFile Written(string path, string text) =>
        new(path, () => new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
