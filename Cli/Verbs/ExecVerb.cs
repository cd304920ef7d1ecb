using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;

namespace TfgridCompose.Cli.Verbs;

/// <summary>Each word reaches the remote program as it was typed; the remote exit code is ours.</summary>
internal static class ExecVerb
{
    public static Task<int> RunAsync(HostOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (context.Tail is not { Count: > 0 } command)
        {
            throw new DiagnosticException(
                ExitCode.Usage, CliCodes.BadArguments, "`exec` needs a command.", $"put it after --: `{Product.Name} exec {options.Target ?? "TARGET"} -- uname -a`");
        }

        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        SshConnection connection = RemoteTarget.Of(record, options.Host, context);
        return RemoteTarget.RunAsync(record, connection.Interactive(ShellQuote.Words(command), terminal: false), context, cancellation);
    }
}
