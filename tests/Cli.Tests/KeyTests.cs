using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary>When the user's SSH key is looked at.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KeyTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_key_is_looked_at_as_long_as_there_is_no_machine()
    {
        string key = Path.Combine(_lab.Home, ".ssh", "id_ed25519");
        _lab.Fail("terraform-apply");
        Assert.That((await UpAsync()).ExitCode, Is.EqualTo(4));
        TestKey.Write(key, cipher: "aes256-ctr");

        CliResult none = await UpAsync();
        TestKey.Write(key);
        _lab.Mend("terraform-apply");
        CliResult made = await UpAsync();
        TestKey.Write(key, cipher: "aes256-ctr");
        CliResult same = await UpAsync();

        none.AssertFailed(3, "TFC0314", "has a passphrase", "ssh-add");
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        Assert.That((same.ExitCode, same.Error.Contains("nothing to do")), Is.EqualTo((0, true)), same.Error);
    }

    private Task<CliResult> UpAsync() => _lab.RunAsync("up", _lab.App, "--grid", "local");
}
