using System.Text.Json;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Tests.Control;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RequirementsTests : IDisposable
{
    private static readonly string[] Tools =
        ["systemd-nspawn", "ip", "nft", "wg", "ssh-keygen", "mkfs.ext4", "gpgv", "setsid", "mount", "mmdebstrap", "wireguard-go"];

    private readonly ControlLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void A_computer_with_everything_lacks_nothing()
    {
        Install(Tools);

        Assert.That(_lab.Run("requirements"), Is.EqualTo(new ControlLab.Result(0, "{\"missing\":[],\"problems\":[]}\n", "")));
    }

    [Test]
    public void Each_missing_tool_has_its_package_and_its_use()
    {
        JsonElement missing = _lab.Run("requirements").Json.GetProperty("missing");

        Assert.That(
            missing[0].GetRawText(),
            Is.EqualTo("""{"tool":"systemd-nspawn","package":"systemd-container","why":"runs the machines"}"""));
        Assert.That(missing.EnumerateArray().Select(tool => $"{tool.GetProperty("tool")} {tool.GetProperty("package")}"), Is.EqualTo(new[]
        {
            "systemd-nspawn systemd-container", "ip iproute2", "nft nftables", "wg wireguard-tools", "ssh-keygen openssh-client",
            "mkfs.ext4 e2fsprogs", "gpgv gpgv", "setsid util-linux", "mount mount", "mmdebstrap mmdebstrap", "wireguard-go wireguard-go",
        }));
    }

    [TestCase("/usr/local/sbin")]
    [TestCase("/usr/local/bin")]
    [TestCase("/usr/sbin")]
    [TestCase("/usr/bin")]
    [TestCase("/sbin")]
    [TestCase("/bin")]
    public void Tools_are_found_in_the_systems_folders_whatever_the_path_is(string folder)
    {
        _lab.Computer.Write($"{folder}/nft", "");

        Assert.That(Missing(), Has.No.Member("nft").And.Member("ip"));
    }

    [Test]
    public void The_image_builder_is_needed_until_there_is_an_image_and_a_half_made_one_is_none()
    {
        Assert.That(Missing(), Has.Member("mmdebstrap"), "no folder of images");

        _lab.Computer.MakeFolder("/grid/images/0123.tmp");
        Assert.That(Missing(), Has.Member("mmdebstrap"), "a half-made image");

        _lab.Computer.MakeFolder("/grid/images/0456");
        Assert.That(Missing(), Has.No.Member("mmdebstrap"));
    }

    [Test]
    public void A_kernel_with_WireGuard_needs_no_wireguard_go()
    {
        _lab.Computer.MakeFolder("/sys/module/wireguard");

        Assert.That(Missing(), Has.No.Member("wireguard-go"));
    }

    [Test]
    public void A_user_needs_sudo()
    {
        _lab.Computer.Kernel.IsRoot = false;
        Assert.That(_lab.Run("requirements").Json.GetProperty("problems").GetArrayLength(), Is.Zero, "sudo works");
        Assert.That(_lab.Computer.Tools.Commands, Is.EqualTo(new[] { "sudo -n -- /opt/tfgrid-localgrid version" }));

        _lab.Computer.Tools.Answer("sudo", exitCode: 1);
        JsonElement problem = _lab.Run("requirements").Json.GetProperty("problems")[0];

        Assert.That(problem.GetProperty("message").GetString(), Is.EqualTo("the local grid needs root, and sudo -n is refused"));
        Assert.That(problem.GetProperty("remedy").GetString(), Does.Contain("NOPASSWD: /opt/tfgrid-localgrid"));
    }

    [Test]
    public void A_profile_of_machines_that_is_unknown_is_found_before_anything_is_made()
    {
        _lab.Computer.Variables["TFGRID_LOCALGRID_PROFILE"] = "rough";
        Assert.That(_lab.Run("requirements").Json.GetProperty("problems")[0].GetRawText(), Is.EqualTo(
            """{"message":"TFGRID_LOCALGRID_PROFILE is \u0022rough\u0022, which is no profile of machines","""
                + "\"remedy\":\"set it to usual or harsh, or unset it\"}"));

        _lab.Computer.Variables["TFGRID_LOCALGRID_PROFILE"] = "harsh";
        Assert.That(_lab.Run("requirements").Json.GetProperty("problems").GetArrayLength(), Is.Zero);
    }

    private IEnumerable<string?> Missing() =>
        _lab.Run("requirements").Json.GetProperty("missing").EnumerateArray().Select(tool => tool.GetProperty("tool").GetString());

    private void Install(IEnumerable<string> tools)
    {
        foreach (string tool in tools)
        {
            _lab.Computer.Write($"/usr/bin/{tool}", "");
        }
    }
}
