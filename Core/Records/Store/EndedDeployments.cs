using System.Text.Json;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// Tombstones in <c>~/.tfgrid-compose/ended</c>: <c>ID.json</c> and the deployment's history, <c>ID.journal</c>. The
/// newest 1000 are kept.
/// </summary>
public sealed class EndedDeployments(TfgridHome home)
{
    private const int MostKept = 1000;
    private const string Extension = ".json";

    /// <summary>Ids, taken from the file names.</summary>
    public IReadOnlyList<string> Ids => Directory.Exists(home.Ended)
        ? [.. Directory.EnumerateFiles(home.Ended, $"*{Extension}")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()]
        : [];

    /// <summary>The tombstone; null if there is none or it cannot be read.</summary>
    public EndedDeployment? Find(string id)
    {
        try
        {
            return File.Exists(PathOf(id))
                ? JsonSerializer.Deserialize(PlainFile.ReadText(PathOf(id)), RecordJson.Default.EndedDeployment)
                : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            return null;
        }
    }

    public IReadOnlyList<EndedDeployment> All() => [.. Ids.Select(Find).OfType<EndedDeployment>()];

    /// <summary>
    /// Writes the tombstone beside a copy of the journal. The deployment's folder may be deleted after that.
    /// </summary>
    public void Add(EndedDeployment ended)
    {
        PrivateFile.CreateFolder(home.Ended);
        string journal = home.Deployment(ended.Id).Journal;
        if (File.Exists(journal))
        {
            PrivateFile.Write(JournalOf(ended.Id), PlainFile.ReadText(journal));
        }

        PrivateFile.Write(PathOf(ended.Id), JsonSerializer.Serialize(ended, RecordJson.Default.EndedDeployment));
        RemoveOldest();
    }

    /// <summary>The history file of a destroyed deployment; it may be absent.</summary>
    public string JournalOf(string id) => Path.Combine(home.Ended, $"{id}.journal");

    private string PathOf(string id) => Path.Combine(home.Ended, id + Extension);

    private void RemoveOldest()
    {
        FileInfo[] tombstones = new DirectoryInfo(home.Ended).GetFiles($"*{Extension}");
        foreach (FileInfo old in tombstones.OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostKept))
        {
            File.Delete(JournalOf(Path.GetFileNameWithoutExtension(old.Name)));
            old.Delete();
        }
    }
}
