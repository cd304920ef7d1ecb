namespace TfgridCompose.Core.Terraform;

/// <param name="Address">For example <c>grid_deployment.vm</c>.</param>
/// <param name="Action">Terraform's word: create, update, delete, replace.</param>
public sealed record ResourceChange(string Address, string Action);
