using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Cli.Terminal;

/// <summary>Shows every redacted command line before it runs: <c>--debug</c>.</summary>
internal sealed class LoudRunner(IToolRunner inner, TextWriter output, SecretMask mask) : IToolRunner
{
    public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation)
    {
        output.WriteLine($"    $ {mask.Apply(command.ToString())}");
        return inner.RunAsync(command, cancellation);
    }
}
