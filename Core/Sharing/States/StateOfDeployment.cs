using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Sharing.Copies;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.States;

/// <summary>A deployment's whole Terraform state, wherever it is kept: to read, replace and back up.</summary>
public sealed class StateOfDeployment(Surroundings here, DeploymentRecord record)
{
    private readonly DeploymentFolder _folder = here.Home.Deployment(record.Id);

    public StateBackups Backups => new(_folder, here.Clock);

    private string LocalFile => Path.Combine(_folder.Terraform, TerraformState.FileName);

    /// <summary>The state in clear text; empty if there is none yet.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        if (BackendFile.IsIn(_folder.Terraform))
        {
            await new Attachment(here, Environment.MachineName).OpenTerraformAsync(record, _folder, cancellation);
            return await Store(_folder.Terraform).PullAsync(cancellation);
        }

        return !File.Exists(LocalFile) ? ""
            : TerraformState.MustBeAsked(_folder) ? await Store(_folder.Terraform).PullAsync(cancellation)
            : PlainFile.ReadText(LocalFile);
    }

    /// <summary>
    /// Replaces the state, after backing up the current one, and gives the new one the higher serial. Returns the lineage
    /// that the state then has, because some backends keep the former one.
    /// </summary>
    /// <param name="current">What <see cref="ReadAsync"/> returned.</param>
    /// <param name="state">The new state.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellation">Ends the work before the next tool.</param>
    public async Task<string> ReplaceAsync(string current, StateText state, string text, CancellationToken cancellation)
    {
        Backups.Take(current);

        // A damaged state has no serial.
        long serial = StateIdentity.TryParse(current) is { IsEmpty: false } former
            ? Math.Max(state.Serial, former.Serial + 1)
            : state.Serial;
        if (state.IsEncrypted && !BackendFile.IsIn(_folder.Terraform))
        {
            PrivateFile.Write(LocalFile, text);
        }
        else if (TerraformState.MustBeAsked(_folder))
        {
            await Store(_folder.Terraform).PushAsync(state.WithSerial(serial), force: true, cancellation);
        }
        else
        {
            PrivateFile.Write(LocalFile, state.WithSerial(serial));
        }

        SetAsideWhatIsLeft();
        if (!TerraformState.MustBeAsked(_folder))
        {
            return state.Lineage;
        }

        StateText now = await Store(_folder.Terraform).PullStateAsync(cancellation);
        TerraformState.WriteDown(_folder, now);
        return now.Lineage;
    }

    // The user has chosen a state. The next run must not replace it with what an interrupted run left.
    private void SetAsideWhatIsLeft()
    {
        string errored = LocalState.ErroredIn(_folder);
        if (File.Exists(errored))
        {
            string aside = FileAside.Move(errored, "replaced");
            here.Events.Emit(new Note($"{errored}, which an interrupted run left, is kept as {aside}"));
        }
    }

    internal StateStore Store(string folder) => new(
        folder,
        Attachment.Tool(here),
        TerraformEnvironment.For(GridName.Parse(record.Grid), here.Home, here.LocalGridPath, mnemonic: null),
        here.Runner)
    {
        Say = text => here.Events.Emit(new Note(text)),
    };

    public static StateText Parse(string text, string where)
    {
        try
        {
            return StateText.Parse(text);
        }
        catch (JsonException problem)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                SharedStateCodes.NotAState,
                $"{where} is not a Terraform state: {problem.Message}",
                "give a file that `state pull` wrote, or a backup: tfgrid-compose state list");
        }
    }
}
