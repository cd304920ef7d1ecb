using System.Text.Json.Nodes;
using NLog;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Sharing;

/// <summary>A user's home on a machine of some name. Terraform is the real one; its local backend plays the shared one.</summary>
internal sealed class Machine(string hostName) : IDisposable
{
    private readonly TestHome _home = new();

    public RecordedEvents Events { get; } = new();

    public IReadOnlyList<string> Said => [.. Events.All.Select(each => each.ToString())];

    public TfgridHome Home => _home.Home;

    public DeploymentIndex Index => _home.Index;

    public Surroundings Here => new()
    {
        Runner = new ToolRunner(LogManager.CreateNullLogger(), new SecretMask(), ToolInterrupt.None, ProcessEnvironment.Read()),
        Events = Events,
        Mask = new SecretMask(),
        Store = _home.Store,
        Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "", ["HOME"] = _home.Root },
        CurrentFolder = _home.Root,
        LocalGridPath = "/nowhere",
        PluginRoots = [],
        Self = OwnProgram.OfThisProcess(),
        Ranges = Ranges,
    };

    public AddressRanges Ranges => new(Path.Combine(_home.Root, "ranges"), () => []);

    public string AppFolder => _home.Folder("app");

    public LockHolder Holder(int processId = 1) =>
        new("ann", hostName, processId, "tfgrid-compose up", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static BackendPlace PlaceIn(string folder) => new(
        "local", new JsonObject
        {
            ["path"] = Path.Combine(folder, "infra.tfstate"),
        }, new JsonObject { ["path"] = Path.Combine(folder, "record.tfstate") }, folder, $"rm {folder}/*");

    public Task<SharedSession> OpenAsync(BackendPlace? place, DeploymentRecord? existing, int processId = 1) =>
        OpenAsync(
            new SharedTarget
            {
                Purpose = SharedPurpose.Deploy,
                AppFolder = AppFolder,
                Name = "hello",
                AppName = "hello",
                Place = place,
                Existing = existing,
            },
            processId);

    public Task<SharedSession> OpenAsync(SharedTarget target, int processId = 1) =>
        SharedSession.OpenAsync(Here, Terms(processId), target, CancellationToken.None);

    public LockTerms Terms(int processId = 1) => new(() => Holder(processId), TimeSpan.Zero, TimeProvider.System, _ => { });

    /// <summary>A paid grid's deployment, so that attaching needs no local grid.</summary>
    public DeploymentRecord Create(string id = "abc123xyz")
    {
        Home.Deployment(id).Create();
        return _home.Add(TestHome.Record(id) with { Grid = "main", AppPath = AppFolder, WireguardInterface = "wg7" });
    }

    public DeploymentRecord? Load(string id = "abc123xyz") => _home.Store.Load(id);

    public void Dispose() => _home.Dispose();
}
