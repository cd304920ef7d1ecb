using System.Text.Json;

namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>What Terraform would do to a resource, from <c>show -json</c> of a saved plan.</summary>
/// <param name="Address">For example <c>grid_deployment.node["node2"]</c>.</param>
/// <param name="Action">create, update, replace or delete.</param>
public sealed record ResourceChange(string Address, string Action)
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Replace = "replace";
    public const string Delete = "delete";

    /// <summary>The attributes that differ, with secrets hidden; empty if the resource is created or deleted.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; init; } = [];

    /// <summary>The machines in the resource now.</summary>
    public IReadOnlyList<MachineBlock> MachinesBefore { get; init; } = [];

    /// <summary>The machines in the resource after the change.</summary>
    public IReadOnlyList<MachineBlock> MachinesAfter { get; init; } = [];
}

/// <param name="Path">For example <c>vms[0].memory</c>.</param>
/// <param name="Before">The value as JSON.</param>
/// <param name="After">The value as JSON, or <c>(known after apply)</c>.</param>
public sealed record AttributeChange(string Path, string Before, string After);

/// <summary>A machine in a resource: its name, its addresses and its whole block.</summary>
public sealed record MachineBlock(string Name, IReadOnlyList<string> Addresses, JsonElement Block);
