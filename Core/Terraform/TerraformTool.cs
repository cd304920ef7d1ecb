using TfgridCompose.Core.Processes;

namespace TfgridCompose.Core.Terraform;

/// <summary>OpenTofu where it is installed, else Terraform.</summary>
public sealed record TerraformTool(string Path)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public static TerraformTool? Find(string? path) =>
        (ExecutablePath.Find("tofu", path) ?? ExecutablePath.Find("terraform", path)) is { } found ? new(found) : null;
}
