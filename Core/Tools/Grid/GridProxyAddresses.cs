using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>
/// The addresses of a paid grid's GridProxy, preferred first. The list is the provider's own
/// (https://github.com/threefoldtech/tfgrid-sdk-go/blob/development/grid-client/deployer/stacks.go). As for the
/// provider, PROXY_URL overrides it.
/// </summary>
public static class GridProxyAddresses
{
    public const string Variable = "PROXY_URL";

    public static IReadOnlyList<Uri> Of(GridName grid, IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(Variable) is { Length: > 0 } given)
        {
            return [Parse(given)];
        }

        string network = grid.Value == "main" ? "" : $"{grid.Value}.";
        return [new Uri($"https://gridproxy.{network}grid.tf/"), new Uri($"https://gridproxy.02.{network}grid.tf/")];
    }

    private static Uri Parse(string given) =>
        Uri.TryCreate(given.EndsWith('/') ? given : $"{given}/", UriKind.Absolute, out Uri? address)
            && address.Scheme is "http" or "https"
            ? address
            : throw new DiagnosticException(
                ExitCode.Usage,
                GridCodes.GridUnreachable,
                $"{Variable} is '{given}', which is not an http or https address.",
                $"correct or unset {Variable}");
}
