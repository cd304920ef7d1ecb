namespace TfgridCompose.Core.Tools.Grid;

/// <summary>What a machine may have, as the grid provider validates it: vms.cpu, vms.memory.</summary>
internal static class MachineLimits
{
    public const int MostCpus = 32;
    public const int LeastMemoryMb = 256;
    public const int MostMemoryMb = 262144;
}
