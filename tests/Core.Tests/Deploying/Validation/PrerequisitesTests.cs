using TfgridCompose.Core.Deploying.Validation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tests.Sharing;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying.Validation;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PrerequisitesTests : IDisposable
{
    private readonly Machine _machine = new("laptop");
    private readonly string _tools = Directory.CreateTempSubdirectory("tfc-tools-").FullName;

    public PrerequisitesTests()
    {
        foreach (string tool in new[] { "terraform", "ansible-playbook", "ssh", "wg-quick", "wireguard-go" })
        {
            Tool(tool);
        }
    }

    public void Dispose()
    {
        _machine.Dispose();
        Directory.Delete(_tools, recursive: true);
    }

    [Test]
    public void With_all_tools_nothing_is_missing() => Assert.That(Missing(isRoot: true, NetworkKind.Wireguard), Is.Empty);

    [TestCase("terraform", PhaseCodes.NoTerraform)]
    [TestCase("ansible-playbook", PhaseCodes.NoAnsible)]
    public void A_tool_that_is_not_there_is_missing(string tool, string code)
    {
        File.Delete(Path.Combine(_tools, tool));

        Assert.That(Missing(isRoot: true, NetworkKind.PublicIpv4), Is.EqualTo([code]));
    }

    [Test]
    public void Only_who_is_not_root_needs_sudo_for_WireGuard()
    {
        // Where sudo is installed, it is found in a system folder whatever the PATH says.
        string[] lacking = new[] { "/usr/sbin/sudo", "/sbin/sudo", "/usr/local/sbin/sudo" }.Any(File.Exists) ? [] : [PhaseCodes.NoSudo];

        Assert.That(Missing(isRoot: false, NetworkKind.Wireguard), Is.EqualTo(lacking), "WireGuard, not root");
        Assert.That(Missing(isRoot: false, NetworkKind.PublicIpv4), Is.Empty, "no WireGuard");
        Assert.That(Missing(isRoot: true, NetworkKind.Wireguard), Is.Empty, "root");
        Tool("sudo");
        Assert.That(Missing(isRoot: false, NetworkKind.Wireguard), Is.Empty, "sudo is there");
    }

    private void Tool(string name)
    {
        string path = Path.Combine(_tools, name);
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string[] Missing(bool isRoot, NetworkKind network)
    {
        Surroundings here = _machine.Here with { IsRoot = isRoot, Environment = new Dictionary<string, string> { ["PATH"] = _tools } };
        var host = new HostSpec { Name = "vm", Role = "vm", Cpu = 1, MemoryMb = 512, DiskGb = 5, Networks = [network] };
        IReadOnlyList<Diagnostic> missing = Prerequisites.Missing(here, GridName.Parse("local"), [host], TerraformTool.Find(_tools));
        return [.. missing.Select(problem => problem.Code)];
    }
}
