using System.Globalization;
using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

internal static class FaultVerb
{
    public static int Run(string[] args, WorldStore store)
    {
        switch (args)
        {
            case ["add", var kind, .. var options] when GridFaults.Kinds.Contains(kind):
                store.Change(world => world.Faults.Add(Parse(world, kind, options)));
                break;
            case ["clear"]:
                store.Change(world => world.Faults.Clear());
                break;
            case ["list"]:
                break;
            default:
                Console.Error.WriteLine($"fault add {string.Join('|', GridFaults.Kinds)} [--node N] [--times N], fault list, fault clear");
                return 2;
        }

        Console.Out.WriteLine(JsonSerializer.Serialize(store.Read().Faults, ControlJson.Default.ListFaultRecord));
        return 0;
    }

    private static FaultRecord Parse(GridWorld world, string kind, string[] options)
    {
        var id = world.Faults.Select(fault => fault.Id).DefaultIfEmpty().Max() + 1;
        return new FaultRecord(id, kind, Option(options, "--node"), Option(options, "--times"));
    }

    private static int Option(string[] options, string name)
    {
        var position = Array.IndexOf(options, name);
        if (position < 0)
        {
            return 0;
        }

        return position + 1 < options.Length && int.TryParse(options[position + 1], CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new GridException("Bad option", $"{name} needs a number");
    }
}
