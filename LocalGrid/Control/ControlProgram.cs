using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Query;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>The verbs. JSON on stdout is the result, text on stderr is for people.</summary>
internal static class ControlProgram
{
    private const int Done = 0;
    private const int Usage = 2;
    private const int MissingTool = 3;
    private const int Failed = 4;

    public static int Run(string[] args, WorldStore store)
    {
        try
        {
            return Dispatch(args, store);
        }
        catch (GridException e)
        {
            Console.Error.WriteLine($"{e.Summary}: {e.Message}");
            return Failed;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or JsonException)
        {
            Console.Error.WriteLine($"{e.GetType().Name}: {e.Message}");
            return Failed;
        }
    }

    private static int Dispatch(string[] args, WorldStore store) => args switch
    {
        ["query", var request] => Print(GridQuery.Answer(store.Read(), request).ToJson()),
        ["image", "ensure"] => AsRoot(args, () => ImageVerb.Ensure(store)),
        ["requirements"] => Print(Requirements.Check(store.Paths).ToJson()),
        ["status"] => Print(StatusReport.Of(store).ToJson()),
        ["prune"] => AsRoot(args, () => Print(new Prune(store).Run().ToJson())),
        ["reset", .. var options] when options is [] or ["--all"] =>
            AsRoot(args, () => Print(new Reset(store).Run(options.Length > 0).ToJson())),
        ["cancel", "--contracts", .. var ids] => AsRoot(args, () => Print(new Reset(store).CancelContracts(ids).ToJson())),
        ["cancel", var solutionType] => AsRoot(args, () => Print(new Reset(store).Cancel(solutionType).ToJson())),
        ["fault", .. var rest] => AsRoot(args, () => FaultVerb.Run(rest, store)),
        ["machine", "stop", var machine] => AsRoot(args, () => MachineVerb.Stop(store, machine)),
        ["machine", "start", var machine] => AsRoot(args, () => MachineVerb.Start(store, machine)),
        ["mirror", var directory] => Mirror(directory),
        ["engine"] => EngineVerb.Run(store),
        ["version"] =>
            Print($"{typeof(ControlProgram).Assembly.GetName().Version?.ToString(3)} (threefoldtech/grid {GridSchemas.ProviderVersion})"),
        ["help"] or ["--help"] or [] => Print(Help.Text),
        _ => Unknown(args),
    };

    private static int Mirror(string directory)
    {
        ProviderMirror.Write(directory);
        return Print(Path.GetFullPath(directory));
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return Done;
    }

    private static int Unknown(string[] args)
    {
        Console.Error.WriteLine($"unknown: {string.Join(' ', args)}\n{Help.Text}");
        return Usage;
    }

    private static int AsRoot(string[] args, Func<int> action)
    {
        if (Libc.IsRoot || WorldIsElsewhere)
        {
            return action();
        }

        var self = Environment.ProcessPath ?? "tfgrid-localgrid";
        if (Tool.Try(["sudo", "-n", "--", self, "version"]).ExitCode != 0)
        {
            Console.Error.WriteLine(SudoAdvice.For(self));
            return MissingTool;
        }

        return Sudo.Run(self, args);
    }

    // A moved world is a test's; it holds no machines, so it needs no root.
    private static bool WorldIsElsewhere => WorldPaths.Default.Root != WorldPaths.DefaultRoot;
}
