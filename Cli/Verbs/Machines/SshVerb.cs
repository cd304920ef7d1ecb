using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Cli.Verbs.Machines;

internal static class SshVerb
{
    public static async Task<int> RunAsync(HostOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        SshConnection connection = await RemoteTarget.OfAsync(record, options.Host, context, cancellation);
        string? command = context.Tail is { Count: > 0 } tail ? ShellQuote.Words(tail) : null;
        IReadOnlyList<string> arguments = connection.Interactive(command, terminal: context.Streams.IsInteractive);
        return await RemoteTarget.RunAsync(record, arguments, context);
    }
}
