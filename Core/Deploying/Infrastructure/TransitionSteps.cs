using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>Runs a pattern's steps around an apply, one after the other; the first that fails ends the phase.</summary>
internal static class TransitionSteps
{
    public static async Task RunAsync(UpRun run, IReadOnlyList<RecordedStep> steps, CancellationToken cancellation)
    {
        foreach (RecordedStep step in steps)
        {
            if (await HostSteps.FailureOfAsync(run, step, cancellation) is { } failure)
            {
                throw new DiagnosticException(
                    ExitCode.Infrastructure,
                    TerraformCodes.TransitionFailed,
                    failure,
                    "fix the cause and run `tfgrid-compose up` again").On(step.Host);
            }
        }
    }
}
