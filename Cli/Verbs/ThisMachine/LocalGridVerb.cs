using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Cli.Verbs.ThisMachine;

/// <summary>Passes the local grid's own verbs on to it; its answers are JSON.</summary>
internal static class LocalGridVerb
{
    public static Task<int> StatusAsync(NoOptions options, VerbContext context, CancellationToken cancellation) =>
        RunAsync(context, ["status"], cancellation);

    public static Task<int> StartAsync(NoOptions options, VerbContext context, CancellationToken cancellation) =>
        RunAsync(context, ["start"], cancellation);

    public static Task<int> PruneAsync(NoOptions options, VerbContext context, CancellationToken cancellation) =>
        RunAsync(context, ["prune"], cancellation);

    public static async Task<int> ResetAsync(ResetOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (context.Declines(options.Yes, "Destroy every machine and contract of the local grid, for all users of this computer?"))
        {
            return 0;
        }

        return await RunAsync(context, options.All ? ["reset", "--all"] : ["reset"], cancellation);
    }

    private static async Task<int> RunAsync(VerbContext context, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var local = new LocalGridProgram(context.Here.LocalGridPath, context.Here.Runner);
        context.Streams.Out.Write(await local.RunAsync(arguments, cancellation, context.Streams.Error.WriteLine));
        return 0;
    }
}
