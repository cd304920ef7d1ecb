using System.Security.Cryptography;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Core.Records.Journals;

/// <summary>
/// The lines of one run of a verb. Each line has the run's id and user. The first line records the verb's start, the
/// last one its result; a run without a last line was killed.
/// </summary>
/// <param name="journal">The deployment's journal.</param>
/// <param name="verb">up, down.</param>
/// <param name="who">The holder of the deployment's lock.</param>
/// <param name="version">The version of this tfgrid-compose.</param>
/// <param name="clock">The clock.</param>
public sealed class RunJournal(Journal journal, string verb, LockHolder who, string? version, TimeProvider clock)
{
    private const int IdLength = 8;
    private readonly string _run = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
    private readonly long _started = clock.GetTimestamp();

    /// <summary>Ctrl-C. Every failure after it counts as cancelled, because the tools end in different ways.</summary>
    public CancellationToken Interrupted { private get; init; }

    /// <summary>All lines so far, including those of other runs.</summary>
    public IReadOnlyList<JournalEntry> Read() => journal.Read();

    public void Begin() => Write(JournalResult.Started);

    public void Done() => Write(JournalResult.Done, spent: clock.GetElapsedTime(_started));

    public void End(Exception problem) =>
        Write(
            ResultOf(problem),
            spent: clock.GetElapsedTime(_started),
            detail: CodesOf(problem),
            machines: MachinesOf(problem));

    public void Begin(PhaseId phase, string reason, bool? changed = null) =>
        Write(JournalResult.Started, phase, detail: reason, changed: changed);

    public void Done(PhaseId phase, TimeSpan spent, string inputs, bool? changed = null) =>
        Write(JournalResult.Done, phase, spent, inputs: inputs, changed: changed);

    public void End(PhaseId phase, TimeSpan? spent, Exception problem, bool? changed = null) =>
        Write(
            ResultOf(problem), phase, spent, CodesOf(problem), changed: changed, machines: MachinesOf(problem));

    private JournalResult ResultOf(Exception problem) =>
        Interrupted.IsCancellationRequested || problem is OperationCanceledException
            ? JournalResult.Cancelled
            : JournalResult.Failed;

    // The journal holds codes, not messages: a tool's last lines may contain secrets that the mask does not know.
    private static string? CodesOf(Exception problem) => problem switch
    {
        DiagnosticException expected => string.Join(' ', expected.Diagnostics.Select(diagnostic => diagnostic.Code)),
        OperationCanceledException => null,
        _ => SystemFault.Of(problem)?.Diagnostics[0].Code ?? problem.GetType().Name,
    };

    private static string? MachinesOf(Exception problem) =>
        problem is DiagnosticException expected
            && expected.Diagnostics.Select(diagnostic => diagnostic.Machine).OfType<string>().Distinct().ToArray()
                is { Length: > 0 } machines
            ? string.Join(' ', machines)
            : null;

    private void Write(
        JournalResult result,
        PhaseId? phase = null,
        TimeSpan? spent = null,
        string? detail = null,
        string? inputs = null,
        bool? changed = null,
        string? machines = null) =>
        journal.Append(new JournalEntry
        {
            At = clock.GetUtcNow(),
            Run = _run,
            Verb = verb,
            Phase = phase,
            Result = result,
            Inputs = inputs,
            Milliseconds = (long?)spent?.TotalMilliseconds,
            Changed = changed,
            Detail = detail,
            Machines = machines,
            User = who.User,
            Host = who.Host,
            ProcessId = who.ProcessId,
            Command = phase is null ? who.Command : null,
            WrittenBy = version,
        });
}
