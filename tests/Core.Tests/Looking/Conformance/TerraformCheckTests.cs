using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.FolderPatterns;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tests.Tools;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

public sealed class TerraformCheckTests
{
    [TestCase("", true, "validate did not end within 00:05:00")]
    [TestCase("", false, "validate ended with exit code 1: out of memory")]
    [TestCase("{}", false, "validate ended with exit code 1: out of memory")]
    [TestCase("""{"diagnostics": []}""", false, "validate ended with exit code 1: out of memory")]
    public void A_validate_that_says_nothing_is_no_pass(string output, bool timedOut, string finding) =>
        Assert.That(
            TerraformCheck.ErrorsIn(new ToolResult(1, output, ["out of memory"], timedOut)).Select(each => each.Problem),
            Is.EqualTo(new[] { finding }));

    [Test]
    public void A_validate_without_errors_passes() =>
        Assert.That(TerraformCheck.ErrorsIn(new ToolResult(0, """{"diagnostics": [{"severity": "warning", "summary": "old"}]}""", [], TimedOut: false)), Is.Empty);

    [Test]
    public async Task The_files_are_checked_with_the_local_grids_provider_and_files_of_tools_are_kept()
    {
        using var home = new TestHome();
        using var pattern = new PatternFolder();
        using var tools = new ToolFolder("tofu", "local-grid");
        var runner = new RecordingRunner(_ => RecordingRunner.Result(0, """{"diagnostics": []}"""));
        using var workplace = new Workplace(runner, new RecordedEvents());
        workplace.Create();
        Directory.CreateDirectory(workplace.Home.ProviderMirror);
        string pinned = Path.Combine(workplace.Bench.Terraform, ".terraform.lock.hcl");
        File.WriteAllText(pinned, "");
        var here = new Surroundings
        {
            Runner = runner,
            Events = new RecordedEvents(),
            Mask = new SecretMask(),
            Store = home.Store,
            Environment = new Dictionary<string, string> { ["PATH"] = tools.Path },
            CurrentFolder = home.Root,
            LocalGridPath = Path.Combine(tools.Path, "local-grid"),
            PluginRoots = [],
            Self = new OwnProgram(["none"]),
        };

        Verdict verdict = await new TerraformCheck(here, workplace).RunAsync(pattern.Load(), CancellationToken.None);

        Assert.That(verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(runner.Lines, Is.EqualTo(new[]
        {
            $"{tools.Path}/local-grid mirror {workplace.Home.ProviderMirror}",
            $"{tools.Path}/tofu init -input=false -no-color -backend=false",
            $"{tools.Path}/tofu validate -json",
        }));
        Assert.That(
            Directory.GetFiles(workplace.Bench.Terraform).Select(Path.GetFileName),
            Is.EquivalentTo([".terraform.lock.hcl", "main.tf", "outputs.tf"]));
    }
}
