using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Ansible;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>A sample on the local grid, brought up and down by this program in separate processes.</summary>
internal sealed class TrialDeployment(Surroundings here, Workplace workplace, Sample sample)
{
    private const int DownAttempts = 2;
    private const int ShownLines = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(45);
    private readonly DeploymentStore _store = new(workplace.Home, here.Clock);
    private Remains? _remains;

    /// <summary>The deployment's current record; null if nothing is deployed.</summary>
    public DeploymentRecord? Record => Directory.Exists(workplace.Home.Deployments)
        ? Directory.GetDirectories(workplace.Home.Deployments)
            .Select(folder => _store.Load(Path.GetFileName(folder)))
            .FirstOrDefault(record => record?.AppPath == sample.Folder)
        : null;

    public async Task<Verdict> UpAsync(CancellationToken cancellation)
    {
        ToolResult up = await RunUpAsync(cancellation);
        if (Record is { } record)
        {
            _remains = await Remains.OfAsync(
                here,
                record,
                workplace.Home.Deployment(record.Id),
                Path.Combine(sample.Folder, DeploymentLocator.LinkName),
                cancellation);
        }

        return !up.Succeeded
            ? Verdict.Of([
                new Finding(
                    $"up {up.Ending}:\n{up.Tail(ShownLines)}",
                    "fix what it names, or give a sample that fits: `--sample PATH`"),
            ])
            : _remains is not null ? Verdict.Passed
            : Verdict.Of([
                new Finding(
                    $"up succeeded, but {workplace.Home.Deployments} holds no record of {sample.Folder}",
                    "look there and at `tfgrid-compose grid local status`; to remove what is left: "
                        + $"{Here("down ID --yes")}"),
            ]);
    }

    public async Task<Verdict> IdempotenceAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        DeploymentFolder folder = workplace.Home.Deployment(record.Id);
        List<Finding> findings = [];
        string playbook = Path.Combine(folder.Ansible, PlatformPhase.Playbook);
        if (File.Exists(playbook))
        {
            ToolResult play = await here.Runner.RunAsync(
                new ToolCommand("ansible-playbook", ["-i", folder.Inventory, playbook])
                {
                    WorkingDirectory = folder.Ansible,
                    TimeLimit = Limit,
                    Environment = AnsibleEnvironment.For(folder),
                    LogFile = folder.AnsibleLog,
                },
                cancellation);
            findings.AddRange(PlayOutput.FindingsIn(play));
        }

        findings.AddRange(await SecondUpAsync(folder, cancellation));
        return Verdict.Of(findings);
    }

    /// <summary>
    /// Takes the deployment down, whatever came before, and looks for leftovers. It is tried again once after an
    /// interrupt.
    /// </summary>
    public async Task<Verdict> DownAsync()
    {
        if (Record is not { } record)
        {
            return Verdict.NotRun("nothing was deployed");
        }

        ToolResult down = await TakeDownAsync(record);
        for (int attempt = 1; attempt < DownAttempts && down.ExitCode == (int)ExitCode.Cancelled; attempt++)
        {
            down = await TakeDownAsync(record);
        }

        if (!down.Succeeded)
        {
            Diagnostic stands = Standing(record, $"down {down.Ending}: {down.Tail(ShownLines)}");
            here.Events.Emit(new DiagnosticRaised(stands));
            return Verdict.Of([stands]);
        }

        return Verdict.Of(_remains is null ? [] : await _remains.FindAsync(CancellationToken.None));
    }

    // The second Ctrl-C ends it; what is left must be reported all the same.
    private async Task<ToolResult> TakeDownAsync(DeploymentRecord record)
    {
        try
        {
            return await RunAsync(
                ["down", record.Id, "--yes", "--non-interactive"], cleansUp: true, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            here.Events.Emit(new DiagnosticRaised(Standing(record, "down was interrupted")));
            throw;
        }
    }

    private async Task<IReadOnlyList<Finding>> SecondUpAsync(DeploymentFolder folder, CancellationToken cancellation)
    {
        var journal = new Journal(folder.Journal);
        int before = journal.Read().Count;
        ToolResult up = await RunUpAsync(cancellation);
        if (!up.Succeeded)
        {
            return [new Finding(
                $"the second up {up.Ending}:\n{up.Tail(ShownLines)}",
                "make the deployment safe to run twice")];
        }

        // A run that has nothing to do writes nothing.
        return [.. journal.Read()
            .Skip(before)
            .Where(entry => entry is { Result: JournalResult.Started, Phase: not null })
            .Select(entry => new Finding(
                $"the second up was not idle: {entry.Phase?.Word()} ran ({entry.Detail})",
                "return the same files, variables and inventory for the same deployment"))];
    }

    private Task<ToolResult> RunUpAsync(CancellationToken cancellation) => RunAsync(
        [
            "up",
            sample.Folder,
            "--grid",
            "local",
            "--non-interactive",
            "--allow-data-loss",
            "--trust",
            "--output",
            "json",
            "--ssh-key",
            workplace.KeyPath,
        ], cleansUp: false, cancellation);

    private Task<ToolResult> RunAsync(IReadOnlyList<string> arguments, bool cleansUp, CancellationToken cancellation) =>
        here.Runner.RunAsync(
            here.Self.Command([.. arguments]) with
            {
                WorkingDirectory = workplace.Root,
                TimeLimit = Limit,
                CleansUp = cleansUp,
                Environment = new Dictionary<string, string?> { [TfgridHome.Variable] = workplace.Home.Path },
                OnError = ShowPhase,
            },
            cancellation);

    private void ShowPhase(string line)
    {
        if (line.StartsWith("> ", StringComparison.Ordinal))
        {
            here.Events.Emit(new Note($"{sample.Name} {line}"));
        }
    }

    private Diagnostic Standing(DeploymentRecord record, string reason) => Diagnostic.Error(
        ConformanceCodes.DeploymentStands,
        $"The deployment {record.Id} of the sample '{sample.Name}' still exists: "
            + $"{reason}\nIts state is kept in {workplace.Home.Deployment(record.Id).Path}",
        $"fix the cause, then: {Here($"down {record.Id} --yes")}; rm -r {ShellQuote.IfNeeded(workplace.Root)}");

    private string Here(string verb) =>
        $"{TfgridHome.Variable}={ShellQuote.IfNeeded(workplace.Home.Path)} tfgrid-compose {verb}";
}
