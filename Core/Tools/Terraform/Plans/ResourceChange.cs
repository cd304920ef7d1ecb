using System.Text.Json;

namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>What Terraform would do to a resource, from <c>show -json</c> of a saved plan.</summary>
/// <param name="Address">For example <c>grid_deployment.node["node2"]</c>.</param>
/// <param name="Action">create, update, replace, delete or no-op.</param>
public sealed record ResourceChange(string Address, string Action)
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Replace = "replace";
    public const string Delete = "delete";
    public const string Keep = "no-op";

    /// <summary>The resource's type, for example <c>grid_deployment</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The name of the private network that the resource is, or that its machines are in now; empty: none.</summary>
    public string Network { get; init; } = "";

    /// <summary>Its own name on the grid after the change; empty if it has none or it is not known yet.</summary>
    public string Name { get; init; } = "";

    /// <summary>The attributes that differ, with secrets hidden; empty if the resource is created or deleted.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; init; } = [];

    /// <summary>The machines in the resource now.</summary>
    public IReadOnlyList<MachineBlock> MachinesBefore { get; init; } = [];

    /// <summary>The machines in the resource after the change.</summary>
    public IReadOnlyList<MachineBlock> MachinesAfter { get; init; } = [];

    /// <summary>The disks and other storage in the resource now.</summary>
    public IReadOnlyList<StorageBlock> StorageBefore { get; init; } = [];

    /// <summary>The storage in the resource after the change.</summary>
    public IReadOnlyList<StorageBlock> StorageAfter { get; init; } = [];
}

/// <param name="Path">For example <c>vms[0].memory</c>.</param>
/// <param name="Before">The value as JSON.</param>
/// <param name="After">The value as JSON, or <c>(known after apply)</c>.</param>
public sealed record AttributeChange(string Path, string Before, string After);

/// <summary>A machine in a resource: its name, its addresses and its whole block.</summary>
public sealed record MachineBlock(string Name, IReadOnlyList<string> Addresses, JsonElement Block)
{
    /// <summary>The names of the disks that it mounts.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];
}

/// <summary>Storage in a resource.</summary>
/// <param name="Kind"><see cref="Disk"/>, volume or zdb.</param>
/// <param name="Name">Its name in the resource.</param>
/// <param name="Size">In GB; 0 if the resource does not say.</param>
public sealed record StorageBlock(string Kind, string Name, double Size)
{
    /// <summary>A disk that a machine of the same resource mounts.</summary>
    public const string Disk = "disk";
}
