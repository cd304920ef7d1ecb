using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TfgridCompose.LocalGrid.Control;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Engine;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.LocalGrid.Tests.Attack;

/// <summary>
/// What the engine reads on its standard input, as root, from a user who is not: one request in a world with a network and a machine.
/// Programs are written down, and the computer is a folder.
/// </summary>
internal sealed partial class EngineTarget : AttackTarget
{
    private const string WorldId = "6a1d2c5e-0000-0000-0000-000000000001";

    private static readonly string[] Seeds =
    [
        Text(new EngineRequest(EngineRequest.ApplyNetwork)
        {
            Network = new NetworkSpec
            {
                Name = "fresh",
                IpRange = "10.7.0.0/16",
                Description = "a network",
                SolutionType = "tfc/abc",
                Nodes = [1, 4],
                Subnets = new() { ["1"] = "10.7.2.0/24" },
                MyceliumKeys = new() { ["1"] = new string('a', 64), ["4"] = new string('b', 64) },
                AddWireGuardAccess = true,
            },
        }),
        Text(new EngineRequest(EngineRequest.ApplyNetwork)
        {
            Network = new NetworkSpec { Name = "net", IpRange = "10.1.0.0/16", Nodes = [1], AddWireGuardAccess = true },
        }),
        Text(new EngineRequest(EngineRequest.ApplyDeployment) { Deployment = Deployment(null) }),
        Text(new EngineRequest(EngineRequest.ApplyDeployment) { Deployment = Deployment(1003) }),
        Text(new EngineRequest(EngineRequest.DeleteDeployment) { Id = "1003" }),
        Text(new EngineRequest(EngineRequest.DeleteNetwork) { Id = WorldId }),
    ];

    public override string Name => "engine";

    public override AttackInput Make(Random random, int number) => Spoiling.Json(random, HostileWords.Pick(random, Seeds));

    public override string? RefusalOf(Exception problem) => null;

    public override string Take(AttackInput input, string folder)
    {
        using var computer = new FakeComputer(Path.Combine(folder, "computer"));
        var store = new WorldStore(computer.Paths, computer.Clock);
        Prepare(computer, store);
        var output = new StringWriter();
        var streams = new Streams(new StringReader(Encoding.UTF8.GetString(input.Bytes)), output, TextWriter.Null);
        new EngineVerb(store, computer.Computer, streams).Run();
        Hold(computer);
        EngineResponse response = JsonSerializer.Deserialize(output.ToString(), EngineJson.Default.EngineResponse)
            ?? throw new AttackFailure("no answer");
        return response.ErrorSummary ?? Accepted;
    }

    private static void Prepare(FakeComputer computer, WorldStore store)
    {
        var engine = new TfgridCompose.LocalGrid.Engine.LocalEngine(store, computer.Computer);
        engine.Run(new EngineRequest(EngineRequest.ApplyNetwork) { Network = EngineLab.Network(1, 4) });
        engine.Run(new EngineRequest(EngineRequest.ApplyDeployment) { Deployment = Deployment(null) });
        computer.Tools.Clear();
    }

    // What a stranger says is in batches only as addresses and names, in arguments only where no option can be, and below our folders.
    private static void Hold(FakeComputer computer)
    {
        foreach (ToolCall call in computer.Tools.Calls)
        {
            AttackFailure.Unless(!call.Command.Contains('\0', StringComparison.Ordinal), $"a NUL for {call.Command}");
            if (call.Command.EndsWith("-batch -", StringComparison.Ordinal))
            {
                foreach (string line in call.Input!.TrimEnd('\n').Split('\n'))
                {
                    AttackFailure.Unless(IpLine().IsMatch(line), $"ip -batch would read: {line}");
                }
            }
            else if (call.Input is { } rules && call.Command.Contains("nft", StringComparison.Ordinal))
            {
                AttackFailure.Unless(Nft().IsMatch(rules), $"nft would read: {rules}");
            }
            else if (call.Command.Contains("systemd-nspawn", StringComparison.Ordinal))
            {
                string words = call.Command[call.Command.LastIndexOf("systemd-nspawn", StringComparison.Ordinal)..];
                AttackFailure.Unless(Nspawn().IsMatch(words), $"nspawn would get: {words}");
            }
            else if (call.Command.Split(' ')[0] is "mount" or "mkfs.ext4")
            {
                foreach (string word in call.Command.Split(' ').Where(word => word.StartsWith('/')))
                {
                    AttackFailure.Unless(
                        Path.GetFullPath(word) == word && word.StartsWith($"{computer.Paths.Disks}/c", StringComparison.Ordinal),
                        $"a disk at {call.Command}");
                }
            }
        }
    }

    private static DeploymentSpec Deployment(long? contract) => new()
    {
        Contract = contract,
        Node = 1,
        Name = "vm",
        NetworkName = "net",
        SolutionType = "tfc/x",
        Disks = [new DiskSpec("data", 5)],
        Vms =
        [
            new VmSpec
            {
                Name = "one",
                Flist = "https://hub/x.flist",
                Entrypoint = "/sbin/zinit init",
                Cpu = 2,
                MemoryMb = 512,
                RootfsMb = 1024,
                Ip = "10.1.3.9",
                PublicIp = true,
                PublicIp6 = true,
                Environment = new() { ["SSH_KEY"] = "ssh-ed25519 AAAA", ["A"] = "b" },
                Mounts = [new MountSpec("data", "/data")],
            },
        ],
    };

    private static string Text(EngineRequest request) => JsonSerializer.Serialize(request, EngineJson.Default.EngineRequest);

    [GeneratedRegex(@"\A(netns|link|addr|route|neigh) [a-z0-9:./ -]+\z")]
    private static partial Regex IpLine();

    [GeneratedRegex(@"\A[a-z0-9:./ {};,!=@""\n_-]+\z")]
    private static partial Regex Nft();

    // A mount's place is within the machine, and the last word is ours.
    [GeneratedRegex(
        @"\Asystemd-nspawn --quiet --machine=tfl-v[0-9]+ --directory=\S+ --hostname=[A-Za-z0-9-]+ (--[a-z-]+=\S+ |--keep-unit )*"
        + @"(--bind=[^\0\n]+ )*--boot\z")]
    private static partial Regex Nspawn();
}
