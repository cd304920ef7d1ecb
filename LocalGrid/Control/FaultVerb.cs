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
    private const string Node = "--node";
    private const string Times = "--times";

    public int Run(string[] args)
    {
        switch (args)
        {
            case ["add", var kind, .. var words] when GridFaults.Kinds.Contains(kind) && Options(words) is { } options:
                store.Change(world => world.Faults.Add(Parse(world, kind, options)));
                break;
            case ["clear"]:
                store.Change(world => world.Faults.Clear());
                break;
            case ["clear", Node, _]:
                store.Change(world => world.Faults.RemoveAll(fault => fault.Node == Number(args[1..])));
                break;
            case ["list"]:
                break;
            default:
                string kinds = string.Join('|', GridFaults.Kinds);
                streams.Error.WriteLine($"fault add {kinds} [--node N] [--times N], fault list, fault clear [--node N]");
                return Usage;
        }

        streams.Out.WriteLine(JsonSerializer.Serialize(store.Read().Faults, ControlJson.Default.ListFaultRecord));
        return 0;
    }

    private static FaultRecord Parse(GridWorld world, string kind, IReadOnlyDictionary<string, int> options)
    {
        int id = world.Faults.Select(fault => fault.Id).DefaultIfEmpty().Max() + 1;
        return new FaultRecord(id, kind, options.GetValueOrDefault(Node), options.GetValueOrDefault(Times));
    }

    // Null if an option is unknown or is given twice.
    private static Dictionary<string, int>? Options(string[] words)
    {
        var options = new Dictionary<string, int>();
        foreach (string[] pair in words.Chunk(2))
        {
            if (pair[0] is not (Node or Times) || !options.TryAdd(pair[0], Number(pair)))
            {
                return null;
            }
        }

        return options;
    }

    private static int Number(string[] pair) =>
        int.TryParse(pair.ElementAtOrDefault(1), CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new GridException("Bad option", $"{pair[0]} needs a number");
}
