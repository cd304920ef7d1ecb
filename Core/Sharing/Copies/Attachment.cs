using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.Copies;

/// <summary>
/// Makes another machine's deployment usable here: folder, index entry, link, and an initialised Terraform folder.
/// </summary>
public sealed class Attachment(Surroundings here, string hostName)
{
    public async Task<DeploymentRecord> MakeAsync(
        SharedPayload payload,
        DeploymentRecord shared,
        BackendPlace place,
        string appFolder,
        CancellationToken cancellation)
    {
        DeploymentRecord record =
            await new LocalCopy(here, hostName).ApplyAsync(payload, shared, local: null, appFolder, cancellation);
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        WriteBackend(folder, place);
        await OpenTerraformAsync(record, folder, cancellation);
        return record;
    }

    /// <summary>
    /// Writes the backend into both folders, so that it holds the state from now on. A local state that a killed move left is
    /// set aside.
    /// </summary>
    public static void WriteBackend(DeploymentFolder folder, BackendPlace place)
    {
        BackendFile.Write(folder.SharedRecord, place.Kind, place.Record);
        BackendFile.Write(folder.Terraform, place.Kind, place.Infrastructure);

        // Terraform's init asks what to do with a state beside a backend, and nobody is there to answer.
        string local = Path.Combine(folder.Terraform, TerraformState.FileName);
        if (File.Exists(local))
        {
            File.Move(local, SetAside(folder), overwrite: true);
        }
    }

    /// <summary>Where a local state is kept after it was moved to a backend.</summary>
    public static string SetAside(DeploymentFolder folder) =>
        Path.Combine(folder.Terraform, $"{TerraformState.FileName}.migrated");

    /// <summary>
    /// Initialises the Terraform folder and notes what exists. Needs no mnemonic: no provider is asked.
    /// </summary>
    public async Task OpenTerraformAsync(
        DeploymentRecord record, DeploymentFolder folder, CancellationToken cancellation)
    {
        BackendSecrets.Mask(here);
        var grid = GridName.Parse(record.Grid);
        if (grid.IsLocal)
        {
            await new LocalGridProgram(here.LocalGridPath, here.Runner).InstallProviderAsync(here.Home, cancellation);
        }
        else
        {
            PrivateFile.CreateFolder(here.Home.ProviderCache);
        }

        TerraformWorkspace terraform = WorkspaceOf(record, folder);
        await terraform.InitAsync(cancellation);
        await terraform.LookAsync(cancellation);
    }

    private TerraformWorkspace WorkspaceOf(DeploymentRecord record, DeploymentFolder folder) => new(
        folder,
        Tool(here),
        TerraformEnvironment.For(GridName.Parse(record.Grid), here.Home, here.LocalGridPath, mnemonic: null),
        here.Runner,
        here.Events,
        StateEncryption.PassphraseOf(record.Seed));

    internal static TerraformTool Tool(Surroundings here) => TerraformTool.Require(here.Path);
}
