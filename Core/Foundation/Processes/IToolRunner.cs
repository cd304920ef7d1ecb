namespace TfgridCompose.Core.Foundation.Processes;

public interface IToolRunner
{
    /// <summary>Runs a tool to its end. A program that cannot be started ends with exit code 127 and the reason as its error line.</summary>
    Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation);
}
