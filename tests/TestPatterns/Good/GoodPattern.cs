using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.Good;

/// <summary>A minimal pattern: one machine.</summary>
[ExportPattern("good", "1.2.3", "One machine, with a \"quoted\" word.")]
public sealed class GoodPattern : Pattern
{
    public override PatternDeclaration Declaration { get; } = new()
    {
        Roles = [new() { Name = "vm", Description = "The machine." }],
        Options =
        [
            new()
            {
                Name = "cpu",
                Type = OptionType.Integer,
                Sources = [new("config.cpu"), new("resources.cpu")],
                Default = "2",
                Min = 1,
                Max = 32,
            },
            new()
            {
                Name = "disk",
                Type = OptionType.Size,
                Sources = [new("config.disk"), new("resources.disk", SizeUnit.GB)],
                Description = "Disk space.",
            },
            new() { Name = "size", Sources = [new("config.size")], Allowed = ["small", "large"] },
            new()
            {
                Name = "services",
                Type = OptionType.ObjectList,
                Description = "What it serves.",
                Sources = [new("config.services")],
                Fields =
                [
                    new()
                    {
                        Name = "port",
                        Type = OptionType.Integer,
                        Sources = [new("port")],
                        Default = "80",
                        Min = 1,
                        Description = "Where.",
                    },
                ],
            },
        ],
        Outputs = [new() { Name = "extra", Description = "More." }],
        Commands =
        [
            new() { Name = "uptime", Description = "How long it runs.", Role = "vm", Command = ["uptime", "-p"] },
        ],
    };

    public override Topology Topology(TopologyRequest request) => new()
    {
        Hosts =
        [
            new() { Name = "vm", Role = "vm", Cpu = (int)request.Options.Integer("cpu"), MemoryMb = 1024, DiskGb = 10 },
        ],
    };

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?> { ["node_id"] = request.Hosts[0].NodeId };
}
