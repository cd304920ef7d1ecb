using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Cli.Verbs.Machines;

/// <summary>Shows what a machine prints, line by line, without the values of the app's secret variables.</summary>
internal sealed class MaskedOutput(DeploymentRecord record, VerbContext context)
{
    private readonly SecretPrints _secrets = SecretPrints.Of(record);

    /// <summary>The usual end is a reader that closes the pipe or, if the output is followed, Ctrl-C.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> ssh, bool follows, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ToolResult result = await context.Here.Runner.RunAsync(
            new ToolCommand(SshConnection.Program, ssh)
            {
                // In its own process group, ssh can be asked to end.
                OwnGroup = true,
                CutOf = _secrets.CutOf,
                OnOutput = line => Show(line, enough),
                OnError = line => context.Streams.Error.WriteLine(_secrets.Mask(line)),
            },
            enough.Token);
        if (enough.IsCancellationRequested)
        {
            return cancellation.IsCancellationRequested && !follows ? (int)ExitCode.Cancelled : 0;
        }

        RemoteTarget.SayWhereToLook(result.ExitCode, record, context);
        return result.ExitCode;
    }

    private void Show(string line, CancellationTokenSource enough)
    {
        if (context.Streams.ReaderIsGone())
        {
            enough.Cancel();
        }
        else
        {
            context.Streams.Out.WriteLine(_secrets.Mask(line));
        }
    }
}
