using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Tests;

/// <summary>Where the mnemonic and secret values go, and where they never do.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SecretsTests : IDisposable
{
    private const string Words = "abandon ability able about above absent absorb abstract absurd abuse access accident";
    private const string Token = "s3cr3t-t0ken-value";
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_mnemonic_reaches_Terraform_alone_and_no_file(bool fails)
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {node: 2}\nnetwork: {provision: [ipv4]}\n");
        _lab.Environment["TF_VAR_mnemonic"] = Words;
        if (fails)
        {
            _lab.Fail("terraform-apply", """{"type":"diagnostic","diagnostic":{"severity":"error","summary":"bad words: WORDS"}}""".Replace("WORDS", Words, StringComparison.Ordinal));
        }

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "test", "--debug", "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(fails ? 4 : 0), result.Error);
        Assert.That(
            File.ReadAllLines(Path.Combine(_lab.Fakes, "terraform.mnemonic")),
            Is.EqualTo([Words, Words, "none", "none"]),
            "MNEMONIC and MNEMONICS, and no variable");
        Assert.That(_lab.FilesThatHold(Words), Is.Empty);
        Assert.That(result.Out + result.Error, Does.Not.Contain(Words));
        Assert.That(_lab.Calls, Has.None.Contains(Words));
        if (!fails)
        {
            Assert.That(File.ReadAllLines(Path.Combine(_lab.Fakes, "ansible.mnemonic")), Is.EqualTo(["none", "none", "none", "none"]));
        }
    }

    [Test]
    public async Task A_secret_in_the_message_of_a_bug_is_masked_in_the_log_too()
    {
        _lab.WriteManifest(CliLab.Manifest + "environment:\n  - {name: TOKEN, required: true, secret: true}\n");
        _lab.Routes = () => throw new InvalidOperationException($"that cannot be {Token}");

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "local", "--env", $"TOKEN={Token}");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Error);
        Assert.That(_lab.FilesThatHold(Token), Is.Empty);
        Assert.That(File.ReadAllText(_lab.State.Log), Does.Contain("InvalidOperationException: that cannot be ***").And.Contain("   at "));
    }

    [Test]
    public async Task The_local_grid_is_given_no_mnemonic()
    {
        _lab.Environment["TF_VAR_mnemonic"] = Words;

        await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(File.ReadAllLines(Path.Combine(_lab.Fakes, "terraform.mnemonic")), Is.EqualTo(["none", "none", "none", "none"]));
    }

    [Test]
    public async Task A_secret_value_is_masked_in_every_output_and_log()
    {
        _lab.WriteManifest(CliLab.Manifest + "environment:\n  - {name: TOKEN, required: true, secret: true}\n");
        _lab.Fail("setup.sh", $"connecting with {Token}\n");

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "local", "--debug", "--env", $"TOKEN={Token}");

        Assert.That(result.ExitCode, Is.EqualTo(5), result.Error);
        Assert.That(result.Out + result.Error, Does.Not.Contain(Token).And.Contain("connecting with ***"));
        Assert.That(_lab.FilesThatHold(Token), Is.Empty);
        Assert.That(_lab.Calls, Has.None.Contains(Token));
    }

    [TestCase(0)]
    [TestCase(5)]
    public async Task Logs_do_not_show_it_after_the_run_that_knew_it(int exitCode)
    {
        _lab.WriteManifest(CliLab.Manifest + "environment:\n  - {name: TOKEN, secret: true}\nlogging: {service: hello}\n");
        if (exitCode > 0)
        {
            _lab.Fail("setup.sh");
        }

        _lab.Write("fakes/journal", $"token={Token} older-token-value\n\nplain\n");
        await _lab.RunAsync("up", _lab.App, "--grid", "local", "--env", "TOKEN=older-token-value");
        CliResult up = await _lab.RunAsync("up", _lab.App, "--env", $"TOKEN={Token}");

        CliResult logs = await _lab.RunAsync("logs", "hello");

        Assert.That((up.ExitCode, logs.ExitCode), Is.EqualTo((exitCode, 0)), up.Error + logs.Error);
        Assert.That(logs.Out, Is.EqualTo("token=*** ***\n\nplain\n"));
        Assert.That(_lab.FilesThatHold(Token), Is.Empty);
        Assert.That((await _lab.RunAsync("inspect", "hello", "--output", "json")).Out, Does.Not.Contain("secret_prints"));
    }

    [Test]
    public async Task An_unchanged_up_records_what_an_older_version_did_not()
    {
        _lab.WriteManifest(CliLab.Manifest + "environment:\n  - {name: TOKEN, secret: true}\n");
        await _lab.RunAsync("up", _lab.App, "--grid", "local", "--env", $"TOKEN={Token}");
        new DeploymentStore(_lab.State, TimeProvider.System).Save(_lab.Record with { SecretPrints = [] });
        _lab.Write("fakes/journal", $"{Token}\n");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--env", $"TOKEN={Token}");

        Assert.That(up.Error, Does.Contain("nothing to do"));
        Assert.That((await _lab.RunAsync("logs", "hello")).Out, Is.EqualTo("***\n"));
    }

    [Test]
    public async Task A_plan_that_fails_does_not_print_the_seed()
    {
        await _lab.RunAsync("up", _lab.App, "--grid", "local");
        string seed = _lab.Record.Seed;
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));
        _lab.Fail(
            "terraform-plan",
            $$$"""{"type":"diagnostic","diagnostic":{"severity":"error","summary":"bad seed: {{{seed}}}"}}""");

        CliResult plan = await _lab.RunAsync("plan", _lab.App, "--debug");

        Assert.That(plan.ExitCode, Is.EqualTo(4), plan.Error);
        Assert.That(plan.Out + plan.Error, Does.Contain("bad seed: ***").And.Not.Contain(seed));
    }

    [Test]
    public async Task The_seed_is_in_the_record_and_in_nothing_printed()
    {
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local", "--debug", "--output", "json");
        string seed = _lab.Record.Seed;

        Assert.That(up.Out + up.Error, Does.Not.Contain(seed));
        Assert.That(_lab.FilesThatHold(seed), Is.EqualTo([_lab.Folder.Record]));
    }
}
