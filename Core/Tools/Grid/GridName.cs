using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>The grid that provides machines: the local grid, or a network of the ThreeFold Grid.</summary>
public sealed record GridName
{
    private GridName(string value) => Value = value;

    public string Value { get; }

    public bool IsLocal => Value == GridNames.Local;

    /// <summary>The network for the Terraform provider; the local grid accepts any.</summary>
    public string ProviderNetwork => IsLocal ? "dev" : Value;

    public static GridName Parse(string text) => GridNames.All.Contains(text)
        ? new(text)
        : throw new DiagnosticException(
            ExitCode.Usage,
            GridCodes.UnknownGrid,
            $"There is no grid '{text}'.",
            $"use one of {string.Join(", ", GridNames.All)}");

    public override string ToString() => Value;
}
