namespace TfgridCompose.Mutants.Planting;

/// <summary>All faults of the copy, and how many of each project did not compile.</summary>
internal sealed record PlantedFaults(IReadOnlyList<PlantedFault> Faults, IReadOnlyDictionary<string, int> Rejected);
