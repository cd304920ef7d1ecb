using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tests.Tools.Grid;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Core.Tests.Looking.Leaks;

/// <summary>A user with a state folder, a GridProxy on this machine, and a clock on which waits are over at once.</summary>
internal sealed class LeakLab : IDisposable
{
    public TestHome Home { get; } = new();

    public LoopbackGridProxy Proxy { get; } = new();

    public JumpingClock Clock { get; } = new();

    public RecordedEvents Events { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public string RangeFolder => Path.Combine(Home.Root, "ranges");

    public Surroundings Here => new()
    {
        Runner = new RecordingRunner(),
        Events = Events,
        Mask = new SecretMask(),
        Store = Home.Store,
        Environment = new Dictionary<string, string>(Environment) { ["PROXY_URL"] = Proxy.Url },
        CurrentFolder = Home.Root,
        LocalGridPath = "none",
        PluginRoots = [],
        Self = new OwnProgram(["none"]),
        Clock = Clock,
        Ranges = new AddressRanges(RangeFolder, () => []),
        GridPatience = new GridPatience(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1)),
    };

    public static DeploymentRecord Record(string id = "abc", params long[] contracts) => TestHome.Record(id) with
    {
        Grid = "main",
        Contracts = [.. contracts.Select(contract => new RecordedContract(contract, 8, "vm", "grid_deployment.vm"))],
    };

    public void Config(string text)
    {
        Home.Home.Create();
        File.WriteAllText(Path.Combine(Home.Home.Path, "config.yaml"), text);
    }

    public void Dispose()
    {
        Proxy.Dispose();
        Home.Dispose();
    }
}
