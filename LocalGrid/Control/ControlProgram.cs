using System.Text.Json;
using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Query;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Finds and runs the verb.</summary>
internal sealed class ControlProgram(WorldStore store, Computer computer, Streams streams)
{
    private const int Done = 0;
    private const int Usage = 2;
    private const int MissingTool = 3;
    private const int Failed = 4;

    public int Run(string[] args)
    {
        try
        {
            return Dispatch(args);
        }
        catch (GridException e)
        {
            streams.Error.WriteLine($"{e.Summary}: {e.Message}");
            return Failed;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or JsonException)
        {
            streams.Error.WriteLine($"{e.GetType().Name}: {e.Message}");
            return Failed;
        }
    }

    private int Dispatch(string[] args) => args switch
    {
        ["query", var request] => Print(Query(request)),
        // The profile becomes an argument, because sudo passes no variables on.
        ["image", "ensure"] => Run(["image", "ensure", "--profile", MachineProfile.Chosen(computer.Variable)]),
        ["image", "ensure", "--profile", var profile] when MachineProfile.IsKnown(profile) =>
            AsRoot(args, () => new ImageVerb(store, computer, streams).Ensure(profile)),
        ["requirements"] => Print(Requirements.Check(store.Paths, computer).ToJson()),
        ["status"] => Status(),
        ["start"] => GridStart.IsNeeded(store.Read())
            ? AsRoot(args, () => new StartVerb(store, computer, streams).Run())
            : new StartVerb(store, computer, streams).Run(),
        ["prune"] => Removing(args, () => new Prune(store, computer).Run()),
        ["reset"] => Removing(args, () => new Reset(store, computer).Run(all: false)),
        ["reset", "--all"] => Removing(args, () => new Reset(store, computer).Run(all: true)),
        ["cancel", "--contracts", .. var ids] => Removing(args, () => new Reset(store, computer).CancelContracts(ids)),
        ["cancel", var solutionType] => Removing(args, () => new Reset(store, computer).Cancel(solutionType)),
        ["fault", .. var rest] => AsRoot(args, () => new FaultVerb(store, streams).Run(rest)),
        ["machine", "stop", var name] => AsRoot(args, () => new MachineVerb(store, computer, streams).Stop(name)),
        ["machine", "start", var name] => AsRoot(args, () => new MachineVerb(store, computer, streams).Start(name)),
        ["mirror", var directory] => Mirror(directory),
        ["engine"] => new EngineVerb(store, computer, streams).Run(),
        ["version"] => Print($"{Version} (threefoldtech/grid {GridSchemas.ProviderVersion})"),
        ["help"] or ["--help"] or [] => Print(Help.Text),
        _ => Unknown(args),
    };

    private static string? Version => typeof(ControlProgram).Assembly.GetName().Version?.ToString(3);

    private string Query(string request)
    {
        GridWorld world = store.Read();
        var grid = new QueriedGrid(world, new PublicIpPool(world, new HostNetwork(computer).Addresses())) { Ended = store.Ended() };
        return GridQuery.Answer(grid, request).ToJson();
    }

    private int Status()
    {
        var report = StatusReport.Of(store, computer);
        if (report.OnlyForRoot is { } closed)
        {
            streams.Error.WriteLine(
                $"leftovers in {string.Join(", ", closed)} are not listed: only root may look there (run this with sudo)");
        }

        return Print(report.ToJson());
    }

    private int Mirror(string directory)
    {
        ProviderMirror.Write(directory);
        return Print(Path.GetFullPath(directory));
    }

    private int Print(string text)
    {
        streams.Out.WriteLine(text);
        return Done;
    }

    private int Unknown(string[] args)
    {
        streams.Error.WriteLine($"unknown verb: {string.Join(' ', args)}\n{Help.Text}");
        return Usage;
    }

    private int Removing(string[] args, Func<RemovalReport> action) => AsRoot(args, () => Print(action().ToJson()));

    private int AsRoot(string[] args, Func<int> action)
    {
        if (computer.Kernel.IsRoot || WorldIsElsewhere)
        {
            return action();
        }

        string[] sudo = ["sudo", "-n", "--", computer.Program];
        if (computer.Tools.Try([.. sudo, "version"]).ExitCode != 0)
        {
            streams.Error.WriteLine(SudoAdvice.For(computer.Program));
            return MissingTool;
        }

        // On this terminal, so that progress shows as it comes.
        return computer.Tools.RunOnTerminal([.. sudo, .. args]);
    }

    // Only tests use another world. It has no machines then, so it needs no root.
    private bool WorldIsElsewhere => store.Paths.Root != WorldPaths.DefaultRoot;
}
