using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Cli.Verbs;

/// <summary>What a verb works with.</summary>
public sealed record VerbContext
{
    public required CliStreams Streams { get; init; }

    public required GlobalOptions Global { get; init; }

    public required Surroundings Here { get; init; }

    public required DeploymentIndex Index { get; init; }

    public required DeploymentLocator Locator { get; init; }

    /// <summary>Who asks for a lock.</summary>
    public required Func<LockHolder> Holder { get; init; }

    /// <summary>How a writing verb takes a deployment's lock. Throws where <c>--lock-timeout</c> is out of range.</summary>
    public LockTerms LockTerms(ILockingOptions options) =>
        new(Holder, LockTimeouts.Of(options), Here.Clock, text => Here.Events.Emit(new Note(text)));

    /// <summary>Writes the run's log into a deployment's folder from now on.</summary>
    public required Action<DeploymentFolder> AttachLog { get; init; }

    /// <summary>Runs a tool on the user's own terminal and returns its exit code.</summary>
    public required Func<string, IReadOnlyList<string>, Task<int>> RunOnTerminal { get; init; }

    /// <summary>The words after <c>--</c>, or null.</summary>
    public IReadOnlyList<string>? Tail { get; init; }

    /// <summary>Ctrl-C. It ends a question, too.</summary>
    public CancellationToken Interrupted { private get; init; }

    /// <summary>Reads the context file when a verb first needs it.</summary>
    public required Lazy<ContextFile?> ReadContextFile { private get; init; }

    /// <summary>Reads the user's configuration when a verb first needs it.</summary>
    public required Lazy<UserConfig> ReadConfig { private get; init; }

    public ContextFile? Context => ReadContextFile.Value;

    public UserConfig Config => ReadConfig.Value;

    /// <summary>The grid in <c>--grid</c>, else in the context file.</summary>
    public GridName? Grid => (Global.Grid ?? Context?.Grid) is { } name ? GridName.Parse(name) : null;

    /// <summary>
    /// The target deployment with its newest record, for verbs that only read. Throws if its folder holds another
    /// deployment's state.
    /// </summary>
    public async Task<DeploymentRecord> FindAsync(string? target, string? name, CancellationToken cancellation) =>
        (await LookUpAsync(target, name, cancellation)).Record;

    /// <summary>The target deployment with its newest record, and who works on it now, or null.</summary>
    public async Task<(DeploymentRecord Record, LockHolder? Worker)> LookUpAsync(
        string? target, string? name, CancellationToken cancellation)
    {
        var reader = new SharedReader(Here, Holder());
        DeploymentRecord record = await reader.NewestAsync(Locator.Find(target, name), cancellation);
        new StateIdentity(record, Here.Home.Deployment(record.Id)).Require();
        return (record, reader.Worker ?? ProcessLocks.Working(Here.Home, record));
    }

    /// <summary>Asks a yes-or-no question. If nobody can answer, it fails rather than guess.</summary>
    public bool Confirm(string question, string yesOption) =>
        Confirm(question, CliCodes.NeedsConfirmation, $"add {yesOption}");

    /// <summary>The same, with the code and the remedy for the case that nobody can answer.</summary>
    public bool Confirm(string question, string code, string remedy)
    {
        if (Global.NonInteractive || !Streams.IsInteractive)
        {
            throw new DiagnosticException(ExitCode.Usage, code, $"{question} There is nobody to ask.", remedy);
        }

        Streams.DiscardTyped();
        Streams.Error.Write($"{question} [y/N] ");
        string? answer = Answer();
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    // Reading cannot be cancelled, so another thread reads.
    private string? Answer()
    {
        try
        {
            string? answer = Task.Run(Streams.In.ReadLine).WaitAsync(Interrupted).GetAwaiter().GetResult();
            Interrupted.ThrowIfCancellationRequested();
            return answer;
        }
        catch (OperationCanceledException)
        {
            Streams.Error.WriteLine();
            throw new UnansweredException();
        }
    }

    /// <summary>Asks, unless <c>--yes</c> is given; a no is confirmed to the user.</summary>
    public bool Declines(bool yes, string question)
    {
        if (yes || Confirm(question, "--yes"))
        {
            return false;
        }

        SayNothingWasDone();
        return true;
    }

    public void SayNothingWasDone() => Streams.Error.WriteLine("nothing was done");
}
