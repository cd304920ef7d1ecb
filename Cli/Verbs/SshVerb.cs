using TfgridCompose.Core.Processes;
using TfgridCompose.Core.Ssh;

namespace TfgridCompose.Cli.Verbs;

internal static class SshVerb
{
    public static Task<int> RunAsync(HostOptions options, VerbContext context, CancellationToken cancellation)
    {
        SshConnection connection = RemoteTarget.Of(context.Locator.Find(options.Target, options.Name), options.Host, context);
        string? command = context.Tail is { Count: > 0 } tail ? ShellQuote.Words(tail) : null;
        return context.RunOnTerminal("ssh", connection.Interactive(command, terminal: context.Streams.IsInteractive), cancellation);
    }
}
