#pragma warning disable RS0030 // the one place that touches the console
using System.Runtime.InteropServices;
using TfgridCompose.Cli;
using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Core.Processes;

// Answered before anything else is loaded: these are what people and shells ask most often.
if (QuickVerbs.TryRun(args, Console.Out) is { } quick)
{
    return quick;
}

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
return await new CliApp(streams, ProcessEnvironment.Read(), Environment.CurrentDirectory, new ToolInterrupt(passOn.Token, killed.Token))
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
