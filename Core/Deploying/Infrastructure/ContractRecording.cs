using System.Globalization;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>
/// Keeps the record's contracts up to date with Terraform and the provider, so that nothing that costs money is known
/// to Terraform alone.
/// </summary>
public static class ContractRecording
{
    /// <summary>After an apply: the state names every contract.</summary>
    public static void AfterApply(UpRun run)
    {
        var look = TerraformLook.At(run.Folder);
        IReadOnlyList<RecordedContract> contracts = look.Contracts;
        HashSet<long> settled = [.. contracts.Select(contract => contract.Id)];
        run.Update(record => record with
        {
            // A remote state names no contract here; the known ones stay.
            Contracts = contracts.Count > 0 ? contracts : record.Contracts,
            DoubtfulContracts = [.. record.DoubtfulContracts.Where(id => !settled.Contains(id))],

            // The state that it began with was checked. One that was made anew after a loss has a new lineage.
            StateLineage = look.Lineage.Length > 0 ? look.Lineage : record.StateLineage,
        });
    }

    /// <summary>
    /// After a failed apply or destroy: what was known stays known, and ids in the provider's error text are in doubt.
    /// </summary>
    public static void AfterFailure(UpRun run, Exception problem)
    {
        try
        {
            Record(run, problem);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // A full disk must not hide what failed.
            run.Here.Events.Emit(new Note($"the contracts of this failure could not be recorded: {full.Message}"));
        }
    }

    /// <summary>The record after a failure. A pure function.</summary>
    public static DeploymentRecord WithFailure(DeploymentRecord record, TerraformLook look, IReadOnlyList<long> named)
    {
        RecordedContract[] contracts = [.. look.Contracts.Concat(record.Contracts).DistinctBy(contract => contract.Id)];
        return record with
        {
            Contracts = contracts,
            DoubtfulContracts =
            [
                .. record.DoubtfulContracts.Concat(named).Distinct().Except(contracts.Select(contract => contract.Id)),
            ],
            StateLineage = LineageIn(look, record),
        };
    }

    // The first that is seen; every other one is refused from then on.
    private static string? LineageIn(TerraformLook look, DeploymentRecord record) =>
        record.StateLineage ?? (look.Lineage.Length > 0 ? look.Lineage : null);

    private static void Record(UpRun run, Exception problem)
    {
        IReadOnlyList<long> named = ContractErrors.IdsIn(problem.Message);
        IReadOnlyList<long> before = run.Record.DoubtfulContracts;
        var look = TerraformLook.At(run.Folder);
        run.Update(record => WithFailure(record, look, named));
        long[] doubtful = [.. run.Record.DoubtfulContracts.Except(before)];
        if (doubtful.Length > 0)
        {
            string ids = string.Join(' ', doubtful.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            WriteJournal(run, $"{LeakCodes.ContractsInDoubt} {ids}");
            run.Here.Events.Emit(new DiagnosticRaised(InDoubt(run.Record, ids)));
        }
    }

    private static void WriteJournal(UpRun run, string detail) =>
        new Journal(run.Folder.Journal).Append(new JournalEntry
        {
            At = run.Here.Clock.GetUtcNow(),
            Verb = "up",
            Phase = PhaseId.Infrastructure,
            Result = JournalResult.Failed,
            Detail = detail,
            User = run.Here.User,
        });

    private static Diagnostic InDoubt(DeploymentRecord record, string ids) => Diagnostic.Warning(
        LeakCodes.ContractsInDoubt,
        $"A create failed half-way; the provider's error names contracts that may be left: {ids}. They are recorded.",
        $"`tfgrid-compose down {record.Id}` asks the grid about them; to end them now: "
            + $"`{TfcmdCancel.Command(record.DoubtfulContracts)}`");
}
