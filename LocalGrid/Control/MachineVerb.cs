using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <param name="Machine">Its name on this computer.</param>
/// <param name="State">What it is now: running or stopped.</param>
/// <param name="Changed">False: it was so before.</param>
internal sealed record MachineReport(string Machine, string State, bool Changed);

/// <summary>A power cut of one machine, and its end.</summary>
internal static class MachineVerb
{
    public static int Stop(WorldStore store, string machine) => Report(machine, "stopped", () => new MachinePower(store).Stop(machine));

    public static int Start(WorldStore store, string machine) => Report(machine, "running", () => new MachinePower(store).Start(machine));

    private static int Report(string machine, string state, Func<bool> act)
    {
        using var finish = new FinishWork();
        var changed = act();
        if (!changed)
        {
            Console.Error.WriteLine($"{machine} is {state} already");
        }

        Console.Out.WriteLine(JsonSerializer.Serialize(new MachineReport(machine, state, changed), ControlJson.Default.MachineReport));
        return 0;
    }
}
