using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Cuts a machine's power and restores it.</summary>
internal sealed class MachineVerb(WorldStore store, Computer computer, Streams streams)
{
    private readonly MachinePower _power = new(store, computer);

    public int Stop(string machine) => Report(machine, "stopped", _power.Stop);

    public int Start(string machine) => Report(machine, "running", _power.Start);

    private int Report(string machine, string state, Func<string, bool> act)
    {
        using var finish = new FinishWork();
        new GridStart(store, computer).Run().Failed.ToList().ForEach(streams.Error.WriteLine);
        bool changed = act(machine);
        if (!changed)
        {
            streams.Error.WriteLine($"{machine} is already {state}");
        }

        streams.Out.WriteLine(JsonSerializer.Serialize(new MachineReport(machine, state, changed), ControlJson.Default.MachineReport));
        return 0;
    }
}
