using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SshKeysTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void All_public_keys_may_log_in_and_the_strongest_with_a_private_half_is_used()
    {
        Write("id_rsa.pub", "ssh-rsa R");
        Write("id_rsa", "private");
        Write("id_ecdsa.pub", "ecdsa-sha2-nistp256 E");
        Write("id_ecdsa", "private");
        Write("id_ed25519.pub", "ssh-ed25519 D\n");
        Write("id_hardware.pub", "sk-ssh-ed25519@openssh.com H");

        var keys = SshKeys.Find(null, _home.Root);

        Assert.That(keys.PublicKeys, Is.EqualTo(["ssh-ed25519 D", "ecdsa-sha2-nistp256 E", "ssh-rsa R", "sk-ssh-ed25519@openssh.com H"]));
        Assert.That(keys.PrivateKey, Is.EqualTo($"{_home.Root}/.ssh/id_ecdsa"));
    }

    [TestCase("mine")]
    [TestCase("mine.pub")]
    public void A_named_key_is_the_only_one(string name)
    {
        Write("id_rsa.pub", "ssh-rsa R");
        Write("mine.pub", "ssh-ed25519 M");

        Assert.That(SshKeys.Find($"{_home.Root}/.ssh/{name}", _home.Root).PublicKeys, Is.EqualTo(["ssh-ed25519 M"]));
        Assert.That(SshKeys.Find($"{_home.Root}/.ssh/{name}", _home.Root).PrivateKey, Is.Null);
        Write("mine", "private");
        Assert.That(SshKeys.Find($"{_home.Root}/.ssh/{name}", _home.Root).PrivateKey, Is.EqualTo($"{_home.Root}/.ssh/mine"));
    }

    [Test]
    public void No_key_and_what_is_no_key_are_refused()
    {
        AssertRefused(null, "TFC0311");
        AssertRefused($"{_home.Root}/nothing", "TFC0312");
        Write("id_ed25519.pub", "---- BEGIN SSH2 PUBLIC KEY ----");
        AssertRefused(null, "TFC0312");
    }

    private void AssertRefused(string? path, string code)
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => SshKeys.Find(path, _home.Root))!;
        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Prerequisite, code)));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_home.Folder(".ssh"), name), text);
}
