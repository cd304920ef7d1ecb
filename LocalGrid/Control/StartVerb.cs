using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Brings networks and machines back after a reboot of this computer.</summary>
internal sealed class StartVerb(WorldStore store, Computer computer, Streams streams)
{
    private const int Failed = 4;

    public int Run()
    {
        using var finish = new FinishWork();
        StartReport report = new GridStart(store, computer).Run();
        report.Failed.ToList().ForEach(streams.Error.WriteLine);
        streams.Out.WriteLine(JsonSerializer.Serialize(report, ControlJson.Default.StartReport));
        return report.Failed.Count == 0 ? 0 : Failed;
    }
}
