using System.Globalization;
using System.Text.Json;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Injects faults, lists and clears them.</summary>
internal sealed class FaultVerb(WorldStore store, Streams streams)
{
    private const int Usage = 2;

    public int Run(string[] args)
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
                string kinds = string.Join('|', GridFaults.Kinds);
                streams.Error.WriteLine($"fault add {kinds} [--node N] [--times N], fault list, fault clear");
                return Usage;
        }

        streams.Out.WriteLine(JsonSerializer.Serialize(store.Read().Faults, ControlJson.Default.ListFaultRecord));
        return 0;
    }

    private static FaultRecord Parse(GridWorld world, string kind, string[] options)
    {
        int id = world.Faults.Select(fault => fault.Id).DefaultIfEmpty().Max() + 1;
        return new FaultRecord(id, kind, Option(options, "--node"), Option(options, "--times"));
    }

    private static int Option(string[] options, string name)
    {
        int position = Array.IndexOf(options, name);
        if (position < 0)
        {
            return 0;
        }

        string? text = options.ElementAtOrDefault(position + 1);
        return int.TryParse(text, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new GridException("Bad option", $"{name} needs a number");
    }
}
