using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// Reads and writes the record of a deployment, its flat view and its line in the index. Every write replaces the whole
/// file.
/// </summary>
/// <param name="home">The user's state folder.</param>
/// <param name="clock">The clock.</param>
/// <param name="version">This tfgrid-compose's version, which is written into records; null leaves the recorded version
/// unchanged.</param>
public sealed class DeploymentStore(TfgridHome home, TimeProvider clock, string? version = null)
{
    public TfgridHome Home { get; } = home;

    public string? Version { get; } = version;

    public DeploymentRecord? Load(string id)
    {
        DeploymentFolder folder = Home.Deployment(id);
        return TfgridHome.Has(folder.Record) ? Read(folder) : null;
    }

    public DeploymentRecord Save(DeploymentRecord record)
    {
        DeploymentRecord stamped =
            record with { UpdatedAt = clock.GetUtcNow(), WrittenBy = Version ?? record.WrittenBy };
        DeploymentFolder folder = Home.Deployment(record.Id);
        folder.Create();
        PrivateFile.Write(folder.Record, JsonSerializer.Serialize(stamped, RecordJson.Default.DeploymentRecord));
        PrivateFile.Write(folder.State, StateYaml.Of(stamped));

        // The record first: an index line without a record would hide that something is there.
        new DeploymentIndex(Home).Follow(IndexEntry.Of(stamped));
        return stamped;
    }

    private static DeploymentRecord Checked(DeploymentRecord record) =>
        RecordCheck.ProblemOf(record) is { } problem ? throw new JsonException(problem) : record;

    // The folder's name must be the record's id. With another deployment's record, every verb would work on that deployment.
    private static DeploymentRecord Own(DeploymentRecord record, DeploymentFolder folder) =>
        record.Id == folder.Id ? record : throw new DiagnosticException(
            ExitCode.Conflict,
            StateCodes.ForeignRecord,
            $"{folder.Record} is the record of another deployment, {record.Name} ({record.Id}); "
                + $"the folder is that of {folder.Id}.",
            $"restore the record of {folder.Id} from a backup of this folder; without one, move {folder.Path} away, and "
                + "`tfgrid-compose leaks` finds what is left of it");

    private static DeploymentRecord Read(DeploymentFolder folder)
    {
        try
        {
            string text = TfgridHome.Read(folder.Record, PlainFile.ReadText);
            var mark = SchemaMark.Of(text);
            return mark.Schema > DeploymentRecord.CurrentSchema
                ? throw mark.Newer(folder.Record, DeploymentRecord.CurrentSchema)
                : Own(Checked(RecordReader.Read(text)), folder);
        }
        catch (JsonException problem)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.UnreadableRecord,
                $"{folder.Record} cannot be read: {problem.Message}",
                "restore the file from a backup; the machines can be removed with "
                    + $"`terraform -chdir={folder.Terraform} destroy`");
        }
    }
}
