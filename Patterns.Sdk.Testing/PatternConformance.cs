using NUnit.Framework;

namespace TfgridCompose.Patterns.Sdk.Testing;

/// <summary>
/// Derive a fixture from this class and name the pattern's folder. <c>dotnet test</c> then runs each check of
/// <c>tfgrid-compose patterns test</c> as a test. It runs the installed tfgrid-compose once: the one that the
/// environment variable <c>TFGRID_COMPOSE</c> names, else the one on <c>PATH</c>, else the .NET tool. A check that this
/// machine cannot run is ignored, with the reason.
/// </summary>
public abstract class PatternConformance
{
    private ProgramRun? _run;

    /// <summary>
    /// The folder of the built pattern (see <see cref="PatternFolder.Of(string)"/>), or the name of an installed one.
    /// </summary>
    protected abstract string Pattern { get; }

    /// <summary>
    /// Folders of apps that use the pattern; the first one is deployed. If empty, <c>samples/*</c> next to the
    /// pattern's project, else a generated app.
    /// </summary>
    protected virtual IReadOnlyList<string> Samples => [];

    /// <summary>Whether every sample is deployed, one after another, or only the first.</summary>
    protected virtual bool DeploysAllSamples => false;

    /// <summary>
    /// Whether to skip the deployment, which saves about a minute. <c>TFGRID_COMPOSE_CONFORMANCE=quick</c> in the
    /// environment sets it.
    /// </summary>
    protected virtual bool IsQuick => Environment.GetEnvironmentVariable("TFGRID_COMPOSE_CONFORMANCE") == "quick";

    /// <summary>The path of tfgrid-compose, or null if it is not installed.</summary>
    protected virtual string? Program => InstalledProgram.Find(Environment.GetEnvironmentVariable);

    /// <summary>
    /// The time limit of the run, 30 minutes. After that the run is told to end, and takes down what it deployed.
    /// </summary>
    protected virtual TimeSpan Limit => TimeSpan.FromMinutes(30);

    /// <summary>Runs tfgrid-compose once for all tests of the fixture.</summary>
    [OneTimeSetUp]
    public async Task RunChecksAsync()
    {
        string[] arguments =
        [
            "patterns", "test", Pattern, "--output", "json", "--non-interactive",
            .. Samples.SelectMany(sample => new[] { "--sample", sample }),
            .. DeploysAllSamples ? ["--all-samples"] : Array.Empty<string>(),
            .. IsQuick ? ["--skip", "apply"] : Array.Empty<string>(),
        ];
        _run = Program is { } program
            ? await ProgramRun.OfAsync(program, arguments, Limit).ConfigureAwait(false)
            : ProgramRun.NotInstalled;
        await TestContext.Out.WriteLineAsync(_run.Progress).ConfigureAwait(false);
    }

    /// <summary>The check <c>metadata</c>.</summary>
    [Test]
    public void Metadata_is_complete() => Report("metadata");

    /// <summary>The check <c>options</c>.</summary>
    [Test]
    public void Options_are_documented_and_their_defaults_valid() => Report("options");

    /// <summary>The check <c>topology</c>.</summary>
    [Test]
    public void Topology_is_sound() => Report("topology");

    /// <summary>The check <c>variables</c>.</summary>
    [Test]
    public void Variables_fit_the_Terraform_files() => Report("variables");

    /// <summary>The check <c>terraform</c>.</summary>
    [Test]
    public void Terraform_accepts_the_files() => Report("terraform");

    /// <summary>The check <c>playbook</c>.</summary>
    [Test]
    public void Ansible_accepts_the_playbook() => Report("playbook");

    /// <summary>The check <c>apply</c>.</summary>
    [Test]
    public void Up_succeeds_on_the_local_grid() => Report("apply");

    /// <summary>The check <c>inventory</c>.</summary>
    [Test]
    public void Inventory_holds_every_machine() => Report("inventory");

    /// <summary>The check <c>idempotence</c>.</summary>
    [Test]
    public void A_second_run_changes_nothing() => Report("idempotence");

    /// <summary>The check <c>down</c>.</summary>
    [Test]
    public void Down_leaves_nothing() => Report("down");

    private void Report(string check)
    {
        ProgramRun run = _run ?? throw new InvalidOperationException($"{nameof(RunChecksAsync)} has not run");
        CheckVerdict verdict = run.Verdict(check);
        switch (verdict.Outcome)
        {
            case CheckOutcome.Failed:
                Assert.Fail(verdict.Message);
                break;
            case CheckOutcome.NotRun:
                Assert.Ignore($"not run: {verdict.Message}");
                break;
        }
    }
}
