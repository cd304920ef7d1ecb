using System.Text.Json;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>Valid records, as Core writes them.</summary>
internal static class RecordSeeds
{
    public const string Id = "abc123xyz";
    private static readonly DateTimeOffset Then = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly DeploymentRecord Single = TestHome.Record(Id) with
    {
        Status = DeploymentStatus.Running,
        WrittenBy = "1.0.0",
        SshPublicKeys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0 ann@laptop"],
        AuthorizedKeys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0 ann@laptop"],
        Outputs = new RecordedOutputs
        {
            PrimaryIp = "10.42.1.2",
            PrimaryIpType = "wireguard",
            DeploymentName = "vm_abc123xyz",
            NodeIds = [2],
            MyceliumIp = "400:1::2",
            NetworkName = "net_abc123xyz",
            WireguardFingerprint = "0123",
            ConnectionInfo = new Dictionary<string, string> { ["ssh"] = "ssh root@10.42.1.2" },
        },
        WireguardInterface = "wg0",
        DestroyBeforeRetry = ["grid_deployment.vm"],
        Endpoints = [new RecordedEndpoint("http", "http://10.42.1.2:8080/")],
        AppHosts = ["vm"],
        Checks =
        [
            new RecordedCheck { Kind = "ssh", Host = "vm" },
            new RecordedCheck { Kind = "command", Host = "vm", Command = ["systemctl", "is-active", "--quiet", "hello"] },
            new RecordedCheck { Kind = "http", Host = "vm", Port = 8080, Path = "/health", Status = 200 },
        ],
        Commands = [new RecordedCommand { Name = "top", Role = "vm", Command = ["top", "-b", "-n", "1"], InStatus = true }],
        SecretPrints = [new SecretPrint(8, "00112233445566778899aabbccddeeff")],
        LogService = "hello.service",
        LogLocation = "/var/log/hello.log",
        Contracts = [new RecordedContract(12345, 2, "deployment", "grid_deployment.vm")],
        PhaseInputs = [new RecordedInputs("verify", "0123", ["a=b"])],
        Values = [new RecordedValue("GREETING", "default", "0123")],
        StateLineage = "6a1d2c5e-0000-0000-0000-000000000001",
    };

    public static readonly DeploymentRecord Several = Single with
    {
        Hosts =
        [
            Host("gateway", "ipv4", "203.0.113.5"),
            Host("backend_1", "wireguard", "10.42.2.2"),
            Host("backend_2", "wireguard", "10.42.3.2"),
        ],
        AppHosts = ["backend_1", "backend_2"],
        Replacing = ["backend_2"],
        PendingSteps = [new RecordedStep("gateway", ["systemctl", "reload", "haproxy"], "reloads the balancer")],
        SharedState = new RecordedBackend("s3", "s3://states/app/terraform.tfstate", "aws s3 rm s3://states/app --recursive"),
        Tunnel = new TunnelHolder("laptop", "ann", "wg3", Then, "0123456789abcdef"),
        DoubtfulContracts = [99],
        Grid = "main",
        SshKey = null,
    };

    public static IReadOnlyList<string> Json { get; } = [.. new[] { Single, Several, TestHome.Record(Id) }.Select(Text)];

    public static string Text(DeploymentRecord record) => JsonSerializer.Serialize(record, RecordJson.Default.DeploymentRecord);

    private static RecordedHost Host(string name, string network, string ip) => new()
    {
        Name = name,
        Role = name.Split('_')[0],
        Cpu = 1,
        MemoryMb = 512,
        DiskGb = 5,
        NodeId = 3,
        Addresses = [new RecordedAddress(network, ip), new RecordedAddress("mycelium", "400:2::3")],
        SshAddress = ip,
        AppInputs = "0123",
    };
}
