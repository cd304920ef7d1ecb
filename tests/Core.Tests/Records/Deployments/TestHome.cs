using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Tests.Records.Deployments;

/// <summary>A state folder that lives as long as a test.</summary>
internal sealed class TestHome : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("tfc-home-").FullName;

    public TfgridHome Home => new(Path.Combine(Root, ".tfgrid-compose"));

    public DeploymentStore Store => new(Home, TimeProvider.System);

    public DeploymentIndex Index => new(Home);

    public static DeploymentRecord Record(string id = "abc123xyz", string name = "hello", string app = "/apps/hello") => new()
    {
        Id = id,
        Name = name,
        AppName = name,
        AppVersion = "1.0",
        AppPath = app,
        PatternName = "single",
        PatternVersion = "2.0.0",
        Grid = "local",
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        IpRange = "10.42.0.0/16",
        Seed = new string('0', 64),
        SshKey = "/home/ann/.ssh/id_ed25519",
        Hosts =
        [
            new RecordedHost
            {
                Name = "vm",
                Role = "vm",
                NodeId = 2,
                SshAddress = "127.0.0.1",
                Addresses = [new RecordedAddress("wireguard", "10.42.1.2")],
            },
        ],
    };

    public DeploymentRecord Add(DeploymentRecord record)
    {
        Store.Save(record);
        Index.Add(IndexEntry.Of(record));
        return record;
    }

    public string Folder(string path)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(full);
        return full;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
