using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Tests.Tools.Networks;

public sealed class WireguardConfigTests
{
    // The form of the real provider's access_wg_config.
    private const string Grid = """

        [Interface]
        Address = 100.64.1.2/32
        PrivateKey = cHJpdmF0ZXByaXZhdGVwcml2YXRlcHJpdmF0ZTAxMjM=
        dns=1.1.1.1
        PostUp = touch /tmp/pwned
        Table = off
        SaveConfig = true
        [Peer]
        PublicKey = cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDE=
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
            PrivateKey = cHJpdmF0ZXByaXZhdGVwcml2YXRlcHJpdmF0ZTAxMjM=
            [Peer]
            PublicKey = cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDE=
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
        Assert.That(
            problem.Message,
            missing == "[Interface]" ? Does.Contain("before its first section") : Does.Match($"it needs .*{missing.Trim('[', ']')}"));
    }

    [TestCase("Address", "100.64.1.2/24", "100.64.1.2/32")]
    [TestCase("Address", "10.42.9.9", "10.42.9.9/32")]
    [TestCase("Address", "192.168.1.1/16, 100.64.1.2/32", "100.64.1.2/32")]
    [TestCase("Address", "100.64.1.2/32 # node 7", "100.64.1.2/32")]
    [TestCase("Address\t", "\t100.64.1.2/32\t", "100.64.1.2/32")]
    [TestCase("AllowedIPs = 10.42.0.0/16\nAllowedIPs", "10.1.0.0/16", "10.42.0.0/16")]
    [TestCase("Endpoint", "[2a10:b600::1]:5566", "[2a10:b600::1]:5566")]
    [TestCase("endpoint", "node-7.example.com:5566", "node-7.example.com:5566")]
    [TestCase("PersistentKeepalive", "025", "25")]
    [TestCase("PrivateKey", "cHJp dmF0ZXByaXZhdGVwcml2YXRlcHJpdmF0ZTAxMjM=", "cHJpdmF0ZXByaXZhdGVwcml2YXRlcHJpdmF0ZTAxMjM=")]
    [TestCase("AllowedIPs", "0.0.0.0/0, ::/0", "10.42.0.0/16")]
    public void Values_are_read_and_written_anew(string key, string value, string written) => Assert.That(
        WireguardConfig.Narrow(With(key, value), "10.42.0.0/16", "abc").Text.ToLowerInvariant(),
        Does.Contain($"\n{key.Split(' ', '\t')[0]} = {written}\n".ToLowerInvariant()));

    [TestCase("Address", "198.51.100.1/24")]
    [TestCase("Address", "10.43.0.2/32")]
    [TestCase("Address", "192.168.1.1/16, 2001:db8::1/64")]
    [TestCase("Endpoint", "-oProxyCommand=id:22")]
    [TestCase("Endpoint", "two words:5566")]
    [TestCase("Endpoint", "[fe80::1%$(id)]:5566")]
    [TestCase("Endpoint", "185.69.1.2:0")]
    [TestCase("Endpoint", "185.69.1.2")]
    [TestCase("PrivateKey", "$(id)")]
    [TestCase("PublicKey", "cHVibGlj")]
    [TestCase("PersistentKeepalive", "25; reboot")]
    [TestCase("AllowedIPs", "10.42.0.0/16, everything")]
    [TestCase("PublicKey = cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDE=\nPublicKey", "cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDE=")]
    public void A_value_that_is_not_valid_is_refused_and_not_shown(string key, string value)
    {
        DiagnosticException problem =
            Assert.Throws<DiagnosticException>(() => WireguardConfig.Narrow(With(key, value), "10.42.0.0/16", "abc"))!;

        Assert.That(problem.Diagnostics[0].Code, Is.EqualTo("TFC0442"));
        Assert.That(problem.Message, Does.Contain(key.Split(' ')[0]).And.Not.Contain(value));
    }

    // bash drops a NUL, so wg-quick would see the key without it.
    [TestCase("Post\0Up = touch /tmp/pwned", "a control character")]
    [TestCase("PostUp = touch\u001b /tmp/pwned", "a control character")]
    [TestCase("[Shell]", "neither Interface nor Peer")]
    [TestCase("[Interface]", "one section Interface")]
    public void What_does_not_belong_there_is_refused(string line, string reason) => Assert.That(
        Assert.Throws<DiagnosticException>(() => WireguardConfig.Narrow(Grid + line + "\n", "10.42.0.0/16", "abc"))!.Message,
        Does.Contain(reason));

    private static string With(string key, string value) => string.Join('\n', Grid.Split('\n').Select(line =>
        line.StartsWith(key.Split(' ', '\t')[0], StringComparison.OrdinalIgnoreCase) ? $"{key} = {value}" : line));

    [Test]
    public void It_prints_no_key()
    {
        Assert.That(WireguardConfig.Narrow(Grid, "10.42.0.0/16", "abc").ToString(), Is.EqualTo("WireguardConfig(***)"));
    }
}
