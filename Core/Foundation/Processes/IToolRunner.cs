namespace TfgridCompose.Core.Foundation.Processes;

public interface IToolRunner
{
    /// <summary>
    /// Runs a tool until it exits. If it cannot be started, the exit code is 127 and the error line tells why.
    /// </summary>
    Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation);
}
