namespace TfgridCompose.Core.Tools.Grid;

/// <summary>The limits of a machine, as the grid provider validates vms.cpu and vms.memory.</summary>
internal static class MachineLimits
{
    public const int MostCpus = 32;
    public const int LeastMemoryMb = 256;
    public const int MostMemoryMb = 262144;
}
