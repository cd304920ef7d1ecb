using System.Text.Json;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>An instance of a managed resource in a Terraform state.</summary>
/// <param name="Address">Its own address.</param>
/// <param name="Resource">The resource's address.</param>
/// <param name="Type">The resource's type.</param>
/// <param name="Attributes">Its attributes, an object; null if it has none yet.</param>
public sealed record StateInstance(string Address, string Resource, string Type, JsonElement? Attributes);
