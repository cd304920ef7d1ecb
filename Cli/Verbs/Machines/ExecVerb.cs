using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Cli.Verbs.Machines;

/// <summary>Each word of the command reaches the remote program as it was typed; the remote exit code is passed on.</summary>
internal static class ExecVerb
{
    public static async Task<int> RunAsync(HostOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (context.Tail is not { Count: > 0 } command)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                "`exec` needs a command.",
                $"put it after --: `{Product.Name} exec {options.Target ?? "TARGET"} -- uname -a`");
        }

        DeploymentRecord record = await context.FindAsync(options.Target, options.Name, cancellation);
        SshConnection connection = await RemoteTarget.OfAsync(record, options.Host, context, cancellation);
        string line = ShellQuote.Words(command);
        return await RemoteTarget.RunAsync(record, connection.Interactive(line, terminal: false), context);
    }
}
