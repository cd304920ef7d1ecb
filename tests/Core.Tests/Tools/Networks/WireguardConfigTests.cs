using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Tests.Tools.Networks;

public sealed class WireguardConfigTests
{
    // The form of the real provider's access_wg_config.
    private const string Grid = """

        [Interface]
        Address = 100.64.1.2/32
        PrivateKey = cHJpdmF0ZQ==
        dns=1.1.1.1
        PostUp = touch /tmp/pwned
        Table = off
        SaveConfig = true
        [Peer]
        PublicKey = cHVibGlj
        AllowedIPs = 10.42.0.0/16, 100.64.0.0/16
        PersistentKeepalive = 25
        Endpoint = 185.69.1.2:5566

        """;

    [Test]
    public void Only_the_deployments_range_is_claimed_and_nothing_runs_here()
    {
        Assert.That(WireguardConfig.Narrow(Grid, "10.42.0.0/16", "abc").Text, Is.EqualTo("""
            # tfgrid-compose deployment abc
            [Interface]
            Address = 100.64.1.2/32
            PrivateKey = cHJpdmF0ZQ==
            [Peer]
            PublicKey = cHVibGlj
            AllowedIPs = 10.42.0.0/16
            PersistentKeepalive = 25
            Endpoint = 185.69.1.2:5566

            """));
    }

    [TestCase("PreUp")]
    [TestCase("predown")]
    [TestCase("PostDown ")]
    [TestCase("POSTUP")]
    public void No_hook_line_survives(string key)
    {
        Assert.That(WireguardConfig.Narrow(Grid + $"{key}= reboot\n", "10.42.0.0/16", "abc").Text, Does.Not.Contain("reboot"));
    }

    [TestCase("[Interface]")]
    [TestCase("[Peer]")]
    [TestCase("PrivateKey")]
    [TestCase("PublicKey")]
    [TestCase("Endpoint")]
    [TestCase("AllowedIPs")]
    [TestCase("Address")]
    public void An_incomplete_one_is_refused_without_its_text(string missing)
    {
        string text = string.Join('\n', Grid.Split('\n').Where(line => !line.Trim().StartsWith(missing, StringComparison.Ordinal)));

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => WireguardConfig.Narrow(text, "10.42.0.0/16", "abc"))!;

        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Infrastructure, "TFC0442")));
        Assert.That(problem.Message, Does.Not.Contain("cHJpdmF0ZQ"));
    }

    [Test]
    public void It_prints_no_key()
    {
        Assert.That(WireguardConfig.Narrow(Grid, "10.42.0.0/16", "abc").ToString(), Is.EqualTo("WireguardConfig(***)"));
    }
}
