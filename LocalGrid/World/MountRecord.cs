namespace TfgridCompose.LocalGrid.World;

/// <summary>A disk of the deployment, mounted in a machine.</summary>
internal sealed record MountRecord(string Disk, string Path);
