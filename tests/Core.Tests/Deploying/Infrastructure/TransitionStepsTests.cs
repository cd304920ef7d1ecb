using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tests.Deploying.Phases;

namespace TfgridCompose.Core.Tests.Deploying.Infrastructure;

/// <summary>What a pattern does on its machines around an apply.</summary>
public sealed class TransitionStepsTests
{
    [Test]
    public async Task A_step_that_fails_ends_the_phase_and_the_next_does_not_run()
    {
        using var lab = new AppLab();
        lab.Failing.Add("lb forget web_1");

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => RunAsync(lab, Forget("web_1"), Forget("web_2"))))!;

        Assert.That(
            (problem.ExitCode, problem.Diagnostics.Single()),
            Is.EqualTo((ExitCode.Infrastructure, Diagnostic.Error(
                TerraformCodes.TransitionFailed,
                "'forget web_1' on 'lb' ended with exit code 3: lb forget web_1 went wrong",
                "fix the cause and run `tfgrid-compose up` again") with
            { Machine = "lb" })));
        Assert.That(lab.Happened, Is.EqualTo(["lb forget web_1"]));
    }

    [Test]
    public async Task Steps_run_one_after_the_other()
    {
        using var lab = new AppLab();

        await RunAsync(lab, Forget("web_1"), Forget("web_2"));

        Assert.That(lab.Timeline, Is.EqualTo(
            ["> lb forget web_1", "< lb forget web_1", "> lb forget web_2", "< lb forget web_2"]));
        Assert.That(lab.Notes, Is.EqualTo(["lb: forget web_1", "lb: forget web_2"]));
    }

    private static RecordedStep Forget(string host) => new("lb", ["forget", host], $"forget {host}");

    private static Task RunAsync(AppLab lab, params RecordedStep[] steps) =>
        TransitionSteps.RunAsync(lab.Run(), steps, CancellationToken.None);
}
