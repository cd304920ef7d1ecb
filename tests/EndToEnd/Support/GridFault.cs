using System.Globalization;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// Faults of the local grid. They affect the whole computer, so each one names a node that no other test uses, and how often it occurs.
/// </summary>
internal static class GridFault
{
    public static async Task AddAsync(Lab lab, string kind, int node, int times = 1) => (await lab.RunToolAsync(
        Product.LocalGrid, "fault", "add", kind, "--node", Text(node), "--times", Text(times))).MustEndWith(0);

    /// <summary>A node that answers nobody, until <see cref="ClearAsync"/>.</summary>
    public static async Task KillNodeAsync(Lab lab, int node) =>
        (await lab.RunToolAsync(Product.LocalGrid, "fault", "add", "refuse", "--node", Text(node))).MustEndWith(0);

    /// <summary>Ends all faults of a node.</summary>
    public static async Task ClearAsync(Lab lab, int node) =>
        (await lab.RunToolAsync(Product.LocalGrid, "fault", "clear", "--node", Text(node))).MustEndWith(0);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
