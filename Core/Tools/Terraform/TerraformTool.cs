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

    // Where providers come from and how they are logged, the grid provider's own variables, and the credentials of state
    // backends (docs/shared-state.md). No TF_CLI_ARGS, TF_DATA_DIR, TF_WORKSPACE, TF_REATTACH_PROVIDERS or TF_VAR_: they
    // would change what is done.
    private static readonly string[] Variables =
    [
        "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR", "TF_LOG", "TF_LOG_*", "TF_TOKEN_*", "TF_REGISTRY_*", "TF_HTTP_*",
        "SUBSTRATE_URL", "RELAY_URL", "PROXY_URL", "RMB_TIMEOUT", "KEY_TYPE",
        "AWS_*", "ARM_*", "AZURE_*", "CLOUDSDK_*", "CONSUL_*", "GOOGLE_*", "KUBECONFIG", "KUBE_*", "PG*",
        "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT", "ACTIONS_ID_TOKEN_REQUEST_*", "IDENTITY_*", "MSI_*",
    ];

    /// <summary>A command with these variables added to the run's environment.</summary>
    public ToolCommand Command(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment) =>
        new(Path, arguments) { Environment = environment, Inherits = Variables };

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
