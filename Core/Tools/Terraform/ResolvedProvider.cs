namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>A release of the grid's provider that init settled on.</summary>
/// <param name="Registry">For example <c>registry.terraform.io</c>.</param>
/// <param name="Version">For example <c>1.11.1</c>.</param>
public sealed record ResolvedProvider(string Registry, string Version)
{
    public override string ToString() => $"threefoldtech/grid {Version} from {Registry}";
}
