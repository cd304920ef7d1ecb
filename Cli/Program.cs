using System.Runtime.InteropServices;
using TfgridCompose.Cli.Listing;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

#pragma warning disable RS0030 // the one place that touches the console

namespace TfgridCompose.Cli;

internal static class Program
{
    // Not async: what people and shells ask most often is answered before anything else is loaded or compiled.
    private static int Main(string[] args)
    {
        if (QuickVerbs.Answer(args, StandardOutput.Write) is { } isWritten)
        {
            return isWritten ? 0 : (int)ExitCode.Bug;
        }

        return RunAsync(args).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string[] args)
    {
        // All that this process and its tools create is the user's alone.
        _ = Umask.Set(Umask.OwnerOnly);
        using var cancelled = new CancellationTokenSource();
        using var passOn = new CancellationTokenSource();
        using var killed = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            Stop(context);
            passOn.Cancel();
        });
        var streams = new CliStreams(Console.Out, Console.Error, Console.In, !Console.IsInputRedirected);

        // What a pattern prints is no result.
        Console.SetOut(Console.Error);
        return await new CliApp(
            streams,
            ProcessEnvironment.Read(),
            Environment.CurrentDirectory,
            new ToolInterrupt(passOn.Token, killed.Token))
            .RunAsync(args, cancelled.Token);

        // The first interrupt lets the running tool end by itself, the second kills it.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            if (cancelled.IsCancellationRequested)
            {
                killed.Cancel();
            }

            cancelled.Cancel();
        }
    }
}
