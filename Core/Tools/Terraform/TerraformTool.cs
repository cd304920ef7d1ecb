using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>OpenTofu if it is installed, else Terraform.</summary>
public sealed record TerraformTool(string Path)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether it supports state encryption.</summary>
    public bool IsOpenTofu => Name == "tofu";

    public static TerraformTool? Find(string? path) =>
        (ExecutablePath.Find("tofu", path) ?? ExecutablePath.Find("terraform", path)) is { } found ? new(found) : null;

    /// <summary>Throws if neither is installed.</summary>
    public static TerraformTool Require(string? path) =>
        Find(path) ?? throw new DiagnosticException(ExitCode.Prerequisite, [Missing]);

    public static Diagnostic Missing { get; } = Diagnostic.Error(
        PhaseCodes.NoTerraform,
        "Neither tofu nor terraform is installed.",
        "install OpenTofu: https://opentofu.org/docs/intro/install/");
}
