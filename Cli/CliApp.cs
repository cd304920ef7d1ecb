using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Cli;

/// <summary>The whole CLI: parses the command line, composes Core, runs the verb, and turns every result into an exit code.</summary>
public sealed class CliApp(
    CliStreams given, IReadOnlyDictionary<string, string> environment, string currentFolder, ToolInterrupt interrupt)
{
    private readonly CliStreams _streams = given with { Out = new PlainWriter(given.Out), Error = new PlainWriter(given.Error) };

    internal OwnProgram Self { get; init; } = OwnProgram.OfThisProcess();

    internal AddressRanges Ranges { get; init; } = AddressRanges.OfThisMachine();

    internal string WireguardFolder { get; init; } = WireguardTunnel.Folder;

    internal GridPatience GridPatience { get; init; } = GridPatience.Default;

    internal Dial Dial { get; init; } = Dial.Direct;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellation)
    {
        using var log = new RunLog();
        var mask = new SecretMask();
        try
        {
            return await RunVerbAsync(Invocation.Parse(args), args, log, mask, cancellation);
        }
        catch (Exception problem) when (cancellation.IsCancellationRequested)
        {
            _streams.Error.WriteLine(problem is UnansweredException
                ? "cancelled; nothing was changed"
                : "cancelled; what exists is kept: run the same command again to continue");
            return (int)ExitCode.Cancelled;
        }
        catch (DiagnosticException problem)
        {
            return Report(problem, log, mask);
        }
        catch (Exception problem) when (SystemFault.Of(problem) is { } refused)
        {
            log.Logger.Error("refused {0}", mask.Apply(problem.ToString()));
            return Report(refused, log, mask);
        }
        catch (Exception problem)
        {
            log.Logger.Fatal("a bug {0}", mask.Apply(problem.ToString()));
            TryAttachToHome(log);
            _streams.Error.WriteLine($"error: this is a bug in {Product.Name}: {mask.Apply(problem.Message)}");
            SayWhereTheLogIs(log);
            return (int)ExitCode.Bug;
        }
    }

    private int Report(DiagnosticException problem, RunLog log, SecretMask mask)
    {
        foreach (Diagnostic diagnostic in problem.Diagnostics)
        {
            _streams.Error.WriteLine(mask.Apply(DiagnosticText.Of(diagnostic)));
            log.Logger.Error(mask.Apply(DiagnosticText.Of(diagnostic)));
        }

        SayWhereTheLogIs(log);
        return (int)problem.ExitCode;
    }

    private async Task<int> RunVerbAsync(
        Invocation line, IReadOnlyList<string> args, RunLog log, SecretMask mask, CancellationToken cancellation)
    {
        if (line.Global.Version)
        {
            _streams.Out.WriteLine(Product.VersionLine);
            return 0;
        }

        if (line.Words.Count == 0)
        {
            (line.Global.Help ? _streams.Out : _streams.Error).Write(HelpPage.Overview(VerbTable.Shown));
            return line.Global.Help ? 0 : (int)ExitCode.Usage;
        }

        if (line.IsForeign)
        {
            return await ForeignWord.RunAsync(line, Compose(line, args, log, mask, cancellation), cancellation);
        }

        if (line.Global.Help && VerbTable.Family(line.Words) is { Count: > 1 } family)
        {
            _streams.Out.Write(HelpPage.Overview(family));
            return 0;
        }

        (Verb verb, IReadOnlyList<string> arguments) = VerbTable.Find(line.Words);
        if (line.Global.Help)
        {
            _streams.Out.Write(HelpPage.Of(verb) + verb.HelpNote?.Invoke(Compose(line, args, log, mask, cancellation)));
            return 0;
        }

        object? options = null;

        // Both load a library and compile parts of it.
        Halves.Both(() => options = verb.Parse(arguments, line.Tail), () => _ = log.Logger);
        VerbContext context = Compose(line, args, log, mask, cancellation);
        return await verb.RunAsync(options ?? throw new InvalidOperationException(verb.Name), context, cancellation);
    }

    private VerbContext Compose(
        Invocation line, IReadOnlyList<string> args, RunLog log, SecretMask mask, CancellationToken interrupted)
    {
        if (line.Global.Grid is { } grid)
        {
            GridName.Parse(grid);
        }

        var home = TfgridHome.FromEnvironment(environment.GetValueOrDefault);
        var store = new DeploymentStore(home, Clock, Product.Version);
        var index = new DeploymentIndex(home);
        var renderer = new PlainRenderer(_streams.Error, mask, log.Logger, line.Global.Debug);
        var runner = new ToolRunner(log.Logger, mask, interrupt, environment);
        log.Logger.Info("{0} {1}: {2}", Product.Name, Product.Version, RedactedArguments.Of(args));
        return new VerbContext
        {
            Streams = _streams,
            Global = line.Global,
            Tail = line.Tail,
            Interrupted = interrupted,
            Index = index,
            Locator = new DeploymentLocator(store, index, currentFolder),
            AttachLog = log.Attach,
            RunOnTerminal = new TerminalTool(environment).RunAsync,
            Holder = () => new LockHolder(
                environment.GetValueOrDefault("SUDO_USER") ?? Environment.UserName,
                Environment.MachineName,
                Environment.ProcessId,
                $"{Product.Name} {RedactedArguments.Of(line.Words)}{(line.Global.Grid is { } grid ? $" --grid {grid}" : "")}",
                Clock.GetUtcNow()),
            ReadContextFile = new(() => ContextFile.Find(currentFolder)),
            ReadConfig = new(() => UserConfig.Load(home.Path)),
            Here = new Surroundings
            {
                Runner = line.Global.Debug ? new LoudRunner(runner, _streams.Error, mask) : runner,
                Events = renderer,
                Mask = mask,
                Store = store,
                Environment = environment,
                CurrentFolder = currentFolder,
                Clock = Clock,
                Dial = Dial,
                Ranges = Ranges,
                GridPatience = GridPatience,
                WireguardFolder = WireguardFolder,
                Self = Self,
                LocalGridPath = LocalGridProgram.Locate(environment.GetValueOrDefault),
                PluginRoots = UserPaths.PluginRoots(environment.GetValueOrDefault),
            },
        };
    }

    // Best effort: if even the state folder cannot be written, there is only the message on the screen.
    private void TryAttachToHome(RunLog log)
    {
        try
        {
            var home = TfgridHome.FromEnvironment(environment.GetValueOrDefault);
            home.Create();
            log.Attach(home.Log);
        }
        catch (Exception problem) when (problem is DiagnosticException or IOException or UnauthorizedAccessException)
        {
            _streams.Error.WriteLine($"no log could be written: {problem.Message}");
        }
    }

    private void SayWhereTheLogIs(RunLog log)
    {
        // If a new deployment was discarded at once, its log is gone with it.
        if (log.Path is { } path && File.Exists(path))
        {
            _streams.Error.WriteLine($"log: {path}");
        }
    }
}
