namespace TfgridCompose.Mutants.Planting;

/// <summary>A fault that the copy holds. The file is relative to the repository.</summary>
internal sealed record PlantedFault(int Number, string Project, string File, int Line, string Kind, string Original, string Changed);
