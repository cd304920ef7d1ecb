using TfgridCompose.Core.Processes;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;

namespace TfgridCompose.Cli.Verbs;

internal static class SshVerb
{
    public static Task<int> RunAsync(HostOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        SshConnection connection = RemoteTarget.Of(record, options.Host, context);
        string? command = context.Tail is { Count: > 0 } tail ? ShellQuote.Words(tail) : null;
        return RemoteTarget.RunAsync(record, connection.Interactive(command, terminal: context.Streams.IsInteractive), context, cancellation);
    }
}
