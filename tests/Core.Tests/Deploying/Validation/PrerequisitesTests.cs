using TfgridCompose.Core.Deploying.Validation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tests.Sharing;
using TfgridCompose.Core.Tests.Tools;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying.Validation;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PrerequisitesTests : IDisposable
{
    private readonly Machine _machine = new("laptop");
    private readonly ToolFolder _tools = new("terraform", "ansible-playbook", "ssh", "wg-quick", "wireguard-go");

    public void Dispose()
    {
        _machine.Dispose();
        _tools.Dispose();
    }

    [Test]
    public void With_all_tools_nothing_is_missing() => Assert.That(Missing(isRoot: true, NetworkKind.Wireguard), Is.Empty);

    [TestCase("terraform", PhaseCodes.NoTerraform)]
    [TestCase("ansible-playbook", PhaseCodes.NoAnsible)]
    public void A_tool_that_is_not_there_is_missing(string tool, string code)
    {
        _tools.Remove(tool);

        Assert.That(Missing(isRoot: true, NetworkKind.PublicIpv4), Is.EqualTo([code]));
    }

    [Test]
    [Platform("Linux")]
    public void The_remedy_is_the_command_of_this_system()
    {
        _tools.Remove("ansible-playbook");

        Assert.That(
            Missing(new HostSystem(), "local", NetworkKind.PublicIpv4).Single().Remedy, Does.StartWith("sudo apt-get install ansible"));
    }

    [Test]
    public void Only_who_is_not_root_needs_sudo_for_WireGuard()
    {
        // Where sudo is installed, it is found in a system folder whatever the PATH says.
        string[] lacking = new[] { "/usr/sbin/sudo", "/sbin/sudo", "/usr/local/sbin/sudo" }.Any(File.Exists) ? [] : [PhaseCodes.NoSudo];

        Assert.That(Missing(isRoot: false, NetworkKind.Wireguard), Is.EqualTo(lacking), "WireGuard, not root");
        Assert.That(Missing(isRoot: false, NetworkKind.PublicIpv4), Is.Empty, "no WireGuard");
        Assert.That(Missing(isRoot: true, NetworkKind.Wireguard), Is.Empty, "root");
        _tools.Add("sudo");
        Assert.That(Missing(isRoot: false, NetworkKind.Wireguard), Is.Empty, "sudo is there");
    }

    [TestCase("main", "fe800000000000000000000000000000 40", true)]
    [TestCase("main", "04000000000000000000000000000000 07", false)]
    [TestCase("main", null, false)]
    [TestCase("local", "fe800000000000000000000000000000 40", false)]
    public void Mycelium_on_a_paid_grid_needs_a_route(string grid, string? route, bool isMissing)
    {
        string table = Path.Combine(_machine.Home.Path, "ipv6_route");
        if (route is not null)
        {
            _machine.Home.Create();
            File.WriteAllText(table, $"00000000000000000000000000000001 80 00 lo\n{route} 00000000000000000000000000000000 00 eth0\n");
        }

        IReadOnlyList<Diagnostic> missing = Missing(new HostSystem { RouteTable = table }, grid, NetworkKind.Mycelium);

        Assert.That(missing, Is.EqualTo(isMissing
            ? [Diagnostic.Error(
                PhaseCodes.NoMycelium,
                "The deployment is reached over Mycelium, and this machine has no route to 400::/7.",
                "install and start Mycelium: https://github.com/threefoldtech/mycelium")]
            : Array.Empty<Diagnostic>()));
    }

    [Test]
    public void The_local_grid_needs_Linux()
    {
        var mac = new HostSystem { IsLinux = false };

        Assert.That(Missing(mac, "main", NetworkKind.PublicIpv4), Is.Empty);
        Assert.That(Missing(mac, "local", NetworkKind.PublicIpv4), Is.EqualTo([Diagnostic.Error(
            PhaseCodes.NotOnThisSystem,
            "The local grid makes Linux machines and runs on Linux only.",
            "use --grid main, test, qa or dev")]));
    }

    private static HostSpec Host(NetworkKind network) =>
        new() { Name = "vm", Role = "vm", Cpu = 1, MemoryMb = 512, DiskGb = 5, Networks = [network] };

    private string[] Missing(bool isRoot, NetworkKind network) =>
    [
        .. Prerequisites.Missing(Here(isRoot), GridName.Parse("local"), [Host(network)], TerraformTool.Find(_tools.Path))
            .Select(problem => problem.Code),
    ];

    private IReadOnlyList<Diagnostic> Missing(HostSystem system, string grid, NetworkKind network) =>
        Prerequisites.Missing(
            Here(isRoot: true), GridName.Parse(grid), [Host(network)], TerraformTool.Find(_tools.Path), system);

    private Surroundings Here(bool isRoot) =>
        _machine.Here with { IsRoot = isRoot, Environment = new Dictionary<string, string> { ["PATH"] = _tools.Path } };
}
