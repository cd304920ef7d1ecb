using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.World;

/// <summary>The farms and nodes of the local grid. They are the same on every computer, whatever hardware it has.</summary>
internal static class GridCatalog
{
    public const long GiB = 1L << 30;
    public const long MiB = 1L << 20;

    /// <summary>The one account of the local grid.</summary>
    public const int TwinId = 1;

    public static readonly GridFarm[] Farms =
    [
        new(1, "Lochristi", 11, "Belgium", "Lochristi", 10, 32),
        new(2, "Vienna_Green", 12, "Austria", "Vienna", 130, 8),
        new(3, "Salzburg_Home", 13, "Austria", "Salzburg", 0, 0),
    ];

    public static readonly GridNode[] Nodes =
    [
        Small(1, Farms[0]), Small(2, Farms[0]), Small(3, Farms[0]), Large(4, Farms[0]),
        Small(5, Farms[1]), Small(6, Farms[1]), Large(7, Farms[1]),
        Small(8, Farms[2]),
    ];

    /// <summary>For messages.</summary>
    public static string NodeRange => $"{Nodes[0].Id} to {Nodes[^1].Id}";

    public static GridNode? Find(long id) => Nodes.FirstOrDefault(node => node.Id == id);

    public static GridNode Get(long id) => Find(id) ?? throw new GridException(
        "Unknown node",
        $"the local grid has no node {id}: its nodes are {NodeRange}");

    private static GridNode Small(int id, GridFarm farm) => new(id, farm, 8, 16 * GiB, 200 * GiB);

    private static GridNode Large(int id, GridFarm farm) => new(id, farm, 32, 64 * GiB, 1024 * GiB);
}
