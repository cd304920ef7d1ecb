using System.Security.Cryptography;
using System.Text;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Where the mnemonic and secret values are, and above all where they are not.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SecretTests
{
    private readonly string _mnemonic =
        $"words that own a wallet {RandomNumberGenerator.GetHexString(24, lowercase: true)} and more of them";
    private readonly string _token = $"token-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";

    [Test]
    public async Task No_secret_reaches_a_file_a_plan_an_argument_a_child_or_the_screen()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("discreet", "environment: [{name: API_TOKEN, secret: true, required: true}]");
        app.Hook(
            "configure",
            "#!/bin/sh\necho \"the token is $API_TOKEN\"\necho \"and again $API_TOKEN\" >&2\nprintf %s \"$API_TOKEN\" >/root/token");
        lab.Environment["TF_VAR_mnemonic"] = _mnemonic;
        lab.Environment["API_TOKEN"] = _token;
        await using var watch = new SecretWatch(lab.Home, _mnemonic, _token, lab.Executable);

        ProgramResult up = (await lab.RunAsync("--debug", "up", app.Folder, "--grid", "local", "--env", "API_TOKEN")).MustEndWith(0);
        ProgramResult arrived = (await lab.RunAsync("exec", app.Folder, "--", "cat", "/root/token")).MustEndWith(0);
        await watch.StopAsync();

        Assert.That(arrived.Output, Is.EqualTo(_token), "the hook had the value");
        Assert.That(
            up.Output + up.Errors,
            Does.Not.Contain(_token).And.Not.Contain(_mnemonic).And.Contain("the token is ***").And.Contain("and again ***"));
        Assert.That(Deployment.Of(app).Read("hook-configure.log"), Does.Contain("the token is ***"));
        Assert.That(watch.Findings, Is.Empty);
        Assert.That(watch.PlansOpened, Is.Positive, "a plan was there to look into");
        Assert.That(
            watch.Programs,
            Has.Member("ssh").And.Member("ansible-playbook").And.Some.AnyOf("terraform", "tofu"),
            "the children were there to look at");
        Assert.That(FilesWith(lab.In("")), Is.Empty);
        Assert.That(Folders.FilesBelow(lab.In("")).Count(), Is.GreaterThan(20), "the files were there to look into");
        (await lab.RunAsync("--debug", "down", app.Folder, "--yes")).MustEndWith(0);
        Assert.That(FilesWith(lab.In("")), Is.Empty);
    }

    [Test]
    public async Task On_a_paid_grid_the_mnemonic_reaches_Terraforms_environment_and_nothing_else()
    {
        await using Lab lab = await Lab.CreateAsync();
        using var machine = new SshBanner();
        var tools = new RecordingTools(lab.In("tools"), machine.Address);
        lab.Environment["PATH"] = $"{tools.Folder}:{Environment.GetEnvironmentVariable("PATH")}";
        lab.Environment["TF_VAR_mnemonic"] = _mnemonic;
        SampleApp app = lab.App("paid", "network: {provision: [ipv4]}");
        app.Node = 8;
        app.WriteManifest();

        ProgramResult up = (await lab.RunAsync("--debug", "up", app.Folder, "--grid", "main")).MustEndWith(0);
        ProgramResult down = (await lab.RunAsync("--debug", "down", app.Folder, "--yes", "--unverified")).MustEndWith(0);

        Assert.That(tools.Calls.Select(call => call.Tool).Distinct(), Is.EquivalentTo(["tofu", "ssh", "ansible-playbook"]));
        Assert.That(
            tools.Calls.Where(call => call.Tool == "tofu").Select(call => call.Arguments.Split('\n')[0]).Distinct(),
            Is.EquivalentTo(["init", "plan", "output", "destroy"]));
        foreach (ToolCall call in tools.Calls)
        {
            Assert.That(call.Arguments, Does.Not.Contain(_mnemonic), call.Tool);
            Assert.That(call.Environment, Has.None.StartsWith("TF_VAR_mnemonic="), call.Tool);
            Assert.That(
                call.Environment.Where(line => line.Contains(_mnemonic, StringComparison.Ordinal)),
                Is.EquivalentTo(call.Tool == "tofu" ? [$"MNEMONIC={_mnemonic}", $"MNEMONICS={_mnemonic}"] : Array.Empty<string>()),
                call.Tool);
        }

        Directory.Delete(tools.Folder, recursive: true);
        Assert.That(up.Everything + down.Everything, Does.Not.Contain(_mnemonic));
        Assert.That(FilesWith(lab.In("")), Is.Empty);
    }

    // A socket: there is nothing to read in it.
    private const string ControlSocket = ".ssh";

    private string[] FilesWith(string folder) =>
    [
        .. Folders.FilesBelow(folder)
            .Where(file => file.Extension != ControlSocket)
            .Where(
                file =>
                    new[] { _mnemonic, _token }.Any(
                        secret => File.ReadAllBytes(file.FullName).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0))
            .Select(file => file.FullName),
    ];
}
