using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Sharing.Machines;

namespace TfgridCompose.Core.Sharing.Payloads;

/// <summary>What a deployment's folder gives to other machines.</summary>
internal static class SharedPayloads
{
    private const int JournalLines = 200;

    /// <param name="here">Where the folder is.</param>
    /// <param name="id">The deployment's id; null if it was claimed but not created yet.</param>
    /// <param name="holder">Who works on it, or null.</param>
    public static SharedPayload Of(Surroundings here, string? id, SharedHolder? holder)
    {
        if (id is null || here.Store.Load(id) is not { } record)
        {
            return new SharedPayload { Holder = holder };
        }

        DeploymentFolder folder = here.Home.Deployment(record.Id);
        return new SharedPayload
        {
            Record = record with { AppPath = "", SshKey = null, WireguardInterface = null },
            Journal = new Journal(folder.Journal).LastLines(JournalLines),
            Files = CarriedFiles.Of(folder),
            Origin = new SharedOrigin(folder.Path, record.SshKey),
            Holder = holder,
        };
    }
}
