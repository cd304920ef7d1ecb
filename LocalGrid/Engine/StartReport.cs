namespace TfgridCompose.LocalGrid.Engine;

/// <summary>What was brought back after a reboot of this computer.</summary>
/// <param name="Networks">By name.</param>
/// <param name="Machines">Those that run again, for example <c>tfl-v5 (vm)</c>.</param>
/// <param name="Failed">What did not come back, and why.</param>
internal sealed record StartReport(IReadOnlyList<string> Networks, IReadOnlyList<string> Machines, IReadOnlyList<string> Failed)
{
    public static StartReport Nothing { get; } = new([], [], []);
}
