using System.Runtime.InteropServices;
using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Cli.Listing;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;

#pragma warning disable RS0030 // the one place that touches the console

namespace TfgridCompose.Cli;

internal static class Program
{
    private const int MostKeys = 100_000;

    // Not async: the quick verbs are answered before anything else is loaded or compiled.
    private static int Main(string[] args)
    {
        if (QuickVerbs.Answer(args) is { } answer)
        {
            // Lambdas: a method group would load the console before it is needed.
            return StandardOutput.TryWrite(
                answer,
                static () => Console.OpenStandardOutput(),
                static problem =>
                    new LastingWriter(static () => Console.Error).WriteLine(LostOutput.Text(problem, changes: false)))
                ? 0
                : LostOutput.Code;
        }

        return RunAsync(args).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string[] args)
    {
        // Only the user may read what this process and its tools create.
        _ = Umask.Set(Umask.OwnerOnly);
        using var cancelled = new CancellationTokenSource();
        using var passOn = new CancellationTokenSource();
        using var killed = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            Stop(context);
            passOn.Cancel();
        });

        // The terminal has gone; nobody reads the output any more.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            cancelled.Cancel();
            passOn.Cancel();
        });
        var output = new LastingWriter(static () => Console.Out);
        var error = new LastingWriter(static () => Console.Error);
        var streams = new CliStreams(output, error, Console.In, !Console.IsInputRedirected)
        {
            ReaderIsGone = OutputReader.IsGone,
            DiscardTyped = DiscardTyped,
        };

        // A pattern may print, but that is not the result.
        Console.SetOut(error);
        if (CurrentFolder() is not { } folder)
        {
            error.WriteLine(DiagnosticText.Of(Diagnostic.Error(
                SystemCodes.CurrentFolderGone, "The current folder does not exist any more.", "cd to a folder that exists")));
            return (int)ExitCode.Prerequisite;
        }

        var tools = new ToolInterrupt(passOn.Token, killed.Token);
        var app = new CliApp(streams, ProcessEnvironment.Read(), folder, tools);
        int code = await app.RunAsync(args, cancelled.Token);
        if (!LostOutput.Replaces(code) || output.Problem is not { } lost)
        {
            return code;
        }

        error.WriteLine(LostOutput.Text(lost, VerbTable.Changes(args)));
        return LostOutput.Code;

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

    // Both what the terminal holds and what Console.In has read beyond an earlier answer. A limit, because a program may type.
    private static void DiscardTyped()
    {
        try
        {
            for (int keys = 0; keys < MostKeys && Console.KeyAvailable; keys++)
            {
                Console.ReadKey(intercept: true);
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException)
        {
            // The terminal has gone; the question finds that out.
        }
    }

    // The folder may have been removed.
    private static string? CurrentFolder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
