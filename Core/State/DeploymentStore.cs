using System.Text.Json;
using TfgridCompose.Core.Diagnostics;

namespace TfgridCompose.Core.State;

/// <summary>Reads and writes the record of a deployment and its flat view. Every write replaces the file as a whole.</summary>
public sealed class DeploymentStore(TfgridHome home, TimeProvider clock)
{
    public TfgridHome Home { get; } = home;

    public DeploymentRecord? Load(string id)
    {
        DeploymentFolder folder = Home.Deployment(id);
        return folder.Exists ? Read(folder) : null;
    }

    public DeploymentRecord Save(DeploymentRecord record)
    {
        DeploymentRecord stamped = record with { UpdatedAt = clock.GetUtcNow() };
        DeploymentFolder folder = Home.Deployment(record.Id);
        folder.Create();
        PrivateFile.Write(folder.Record, JsonSerializer.Serialize(stamped, RecordJson.Default.DeploymentRecord));
        PrivateFile.Write(folder.State, StateYaml.Of(stamped));
        return stamped;
    }

    private static DeploymentRecord Read(DeploymentFolder folder)
    {
        try
        {
            DeploymentRecord record = JsonSerializer.Deserialize(File.ReadAllText(folder.Record), RecordJson.Default.DeploymentRecord)
                ?? throw new JsonException("the file is empty");
            return record.Schema <= DeploymentRecord.CurrentSchema ? record : throw Newer(folder, record.Schema);
        }
        catch (JsonException problem)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.UnreadableRecord,
                $"{folder.Record} cannot be read: {problem.Message}",
                $"restore the file from a backup; the machines can be removed with `terraform -chdir={folder.Terraform} destroy`");
        }
    }

    private static DiagnosticException Newer(DeploymentFolder folder, int schema) => new(
        ExitCode.Conflict,
        StateCodes.NewerSchema,
        $"{folder.Record} has schema {schema}; this version reads up to {DeploymentRecord.CurrentSchema}.",
        "use the version of tfgrid-compose that wrote it, or a newer one");
}
