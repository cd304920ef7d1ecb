using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Terraform;

namespace TfgridCompose.Core.Phases;

/// <summary>Runs a pattern's steps around an apply, one after the other; the first that fails ends the phase.</summary>
internal static class TransitionSteps
{
    public static async Task RunAsync(UpRun run, IReadOnlyList<RecordedStep> steps, CancellationToken cancellation)
    {
        foreach (RecordedStep step in steps)
        {
            run.Here.Events.Emit(new Note($"{step.Host}: {step.Description}"));
            RecordedHost host = run.Record.Hosts.First(other => other.Name == step.Host);
            ToolResult result = await run.Ssh(host).RunAsync(ShellQuote.Words(step.Command), cancellation);
            if (!result.Succeeded)
            {
                throw new DiagnosticException(
                    ExitCode.Infrastructure,
                    TerraformCodes.TransitionFailed,
                    $"'{step.Description}' on '{step.Host}' ended with {result.ExitCode}: {result.Tail()}",
                    "mend the cause and run `tfgrid-compose up` again");
            }
        }
    }
}
