using NLog;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

/// <summary>Keys are made with the real ssh-keygen; the agent is one that answers as told.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SshKeySearchTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly RecordingRunner _runner;
    private string _held = "";

    public SshKeySearchTests()
    {
        var real = new ToolRunner(
            LogManager.CreateNullLogger(), new SecretMask(), ToolInterrupt.None, ProcessEnvironment.Read());
        _runner = new RecordingRunner(command => command.Program == "ssh-add"
            ? RecordingRunner.Result(_held.Length > 0 ? 0 : 1, _held)
            : real.RunAsync(command, CancellationToken.None).GetAwaiter().GetResult());
    }

    private string[] Programs => [.. _runner.Commands.Select(command => command.Program)];

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task All_public_keys_may_log_in_and_the_strongest_with_a_private_half_is_used()
    {
        Write("id_rsa.pub", "ssh-rsa R");
        TestKey.Write(In("id_rsa"));
        Write("id_ecdsa.pub", "ecdsa-sha2-nistp256 E");
        TestKey.Write(In("id_ecdsa"));
        Write("id_ed25519.pub", "ssh-ed25519 D\n");
        Write("id_hardware.pub", "sk-ssh-ed25519@openssh.com H");

        SshKeys keys = await FindAsync();

        Assert.That(
            keys.PublicKeys,
            Is.EqualTo(["ssh-ed25519 D", "ecdsa-sha2-nistp256 E", "ssh-rsa R", "sk-ssh-ed25519@openssh.com H"]));
        Assert.That(keys.PrivateKey, Is.EqualTo(In("id_ecdsa")));
        Assert.That(Programs, Is.Empty, "a key that is plainly usable costs no process");
    }

    [TestCase("mine")]
    [TestCase("mine.pub")]
    public async Task A_named_key_is_the_only_one(string name)
    {
        Write("id_rsa.pub", "ssh-rsa R");
        Write("mine.pub", "ssh-ed25519 M");
        _held = "ssh-ed25519 OTHER o@here\nssh-ed25519 M m@here\n";

        SshKeys ofAgent = await FindAsync(In(name));
        TestKey.Write(In("mine"));
        SshKeys ofFile = await FindAsync(In(name));

        Assert.That(ofAgent.PublicKeys, Is.EqualTo(["ssh-ed25519 M"]));
        Assert.That((ofAgent.PrivateKey, ofAgent.IsOfAgent), Is.EqualTo((In("mine.pub"), true)));
        Assert.That((ofFile.PrivateKey, ofFile.IsOfAgent), Is.EqualTo((In("mine"), false)));
    }

    [Test]
    public async Task No_key_and_what_is_no_key_are_refused()
    {
        await AssertRefusedAsync(null, "TFC0311");
        await AssertRefusedAsync($"{_home.Root}/nothing", "TFC0312");
        Write("id_ed25519.pub", "---- BEGIN SSH2 PUBLIC KEY ----");
        await AssertRefusedAsync(null, "TFC0312");
    }

    [TestCase("-t", "ed25519")]
    [TestCase("-t", "ecdsa", "-m", "PEM")]
    [TestCase("-t", "rsa", "-m", "PKCS8")]
    public async Task A_key_with_a_passphrase_needs_an_agent_that_holds_it(params string[] kind)
    {
        await MakeAsync("id_ed25519", "secret1", kind);

        Diagnostic refused = await AssertRefusedAsync(null, SshCodes.KeyLocked);
        Assert.That(refused.Message, Does.Contain(In("id_ed25519")).And.Contain("passphrase"));
        Assert.That(refused.Remedy, Does.Contain($"ssh-add {In("id_ed25519")}"));
        _held = "ssh-ed25519 ANOTHER";
        await AssertRefusedAsync(null, SshCodes.KeyLocked);
        _held = $"ssh-ed25519 ANOTHER\n{File.ReadAllText(In("id_ed25519.pub"))}";
        Assert.That((await FindAsync()).PrivateKey, Is.EqualTo(In("id_ed25519")));
    }

    [TestCase("-t", "ed25519")]
    [TestCase("-t", "ecdsa", "-m", "PEM")]
    [TestCase("-t", "rsa", "-m", "PKCS8")]
    public async Task A_key_without_a_passphrase_is_used(params string[] kind)
    {
        await MakeAsync("id_ed25519", "", kind);
        int made = _runner.Commands.Count;

        Assert.That((await FindAsync()).PrivateKey, Is.EqualTo(In("id_ed25519")));
        Assert.That(_runner.Commands, Has.Count.EqualTo(made));
    }

    [Test]
    public async Task A_key_that_others_can_read_is_refused_as_ssh_does()
    {
        await MakeAsync("id_ed25519", "", "-t", "ed25519");
        File.SetUnixFileMode(In("id_ed25519"), (UnixFileMode)Convert.ToInt32("644", 8));

        Diagnostic refused = await AssertRefusedAsync(null, SshCodes.KeyOpenToOthers);

        Assert.That(refused.Message, Does.EndWith("its mode is 0644."));
        Assert.That(refused.Remedy, Is.EqualTo($"remove other users' access: `chmod 600 {In("id_ed25519")}`"));
    }

    [Test]
    public async Task A_key_whose_private_half_is_nowhere_is_refused()
    {
        Write("id_ed25519.pub", "ssh-ed25519 D");

        Assert.That(
            (await AssertRefusedAsync(null, SshCodes.KeyAbsent)).Message,
            Does.Contain($"no file {In("id_ed25519")}").And.Contain("no SSH agent holds it"));
    }

    [TestCase("")]
    [TestCase("PuTTY-User-Key-File-3: ssh-ed25519\n")]
    [TestCase("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n")]
    public async Task What_is_no_private_key_is_refused(string text)
    {
        Write("id_ed25519.pub", "ssh-ed25519 D");
        Write("id_ed25519", text);

        await AssertRefusedAsync(null, SshCodes.KeyUnreadable);
    }

    [Test]
    public async Task A_key_that_cannot_work_does_not_stand_before_one_that_does()
    {
        Write("id_ed25519.pub", "ssh-ed25519 D");
        TestKey.Write(In("id_ed25519"), cipher: "aes256-ctr");
        Write("id_rsa.pub", "ssh-rsa R");
        TestKey.Write(In("id_rsa"));

        Assert.That((await FindAsync()).PrivateKey, Is.EqualTo(In("id_rsa")));
    }

    [Test]
    public async Task Keys_that_were_chosen_earlier_are_looked_at_again()
    {
        Write("id_ed25519.pub", "ssh-ed25519 D");
        TestKey.Write(In("id_ed25519"), cipher: "aes256-ctr");
        var chosen = new SshKeys(["ssh-ed25519 D me"], In("id_ed25519"));

        await RefusalOfAsync(() => Search().CheckAsync(chosen, CancellationToken.None), SshCodes.KeyLocked);
        _held = "ssh-ed25519 D";
        Assert.That(await Search().CheckAsync(chosen, CancellationToken.None), Is.EqualTo(chosen));
        Assert.That(
            (await Search().CheckAsync(chosen with { PrivateKey = null }, CancellationToken.None)).PrivateKey,
            Is.EqualTo(In("id_ed25519")));
    }

    private async Task<Diagnostic> AssertRefusedAsync(string? path, string code) =>
        await RefusalOfAsync(() => FindAsync(path), code);

    private static async Task<Diagnostic> RefusalOfAsync(Func<Task> work, string code)
    {
        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(() => work()))!;
        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Prerequisite, code)));
        return problem.Diagnostics[0];
    }

    private async Task MakeAsync(string name, string passphrase, params string[] kind)
    {
        Directory.CreateDirectory(In(""));
        ToolResult made = await ((IToolRunner)_runner).RunAsync(
            new ToolCommand("ssh-keygen", ["-q", "-a", "1", "-N", passphrase, "-f", In(name), .. kind]),
            CancellationToken.None);
        Assert.That(made.Succeeded, made.Tail());
    }

    private Task<SshKeys> FindAsync(string? path = null) => Search().FindAsync(path, CancellationToken.None);

    private SshKeySearch Search() => SshKeySearch.Of(_runner, _home.Root);

    private string In(string name) => Path.Combine(_home.Root, ".ssh", name);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_home.Folder(".ssh"), name), text);
}
