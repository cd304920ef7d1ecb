using System.Globalization;
using System.Text.RegularExpressions;

namespace TfgridCompose.Core.Tools.Contracts;

/// <summary>
/// Contract ids in the provider's error messages, the only place that names the contracts of a create whose clean-up
/// failed (https://github.com/threefoldtech/tfgrid-sdk-go/blob/development/grid-client/deployer/deployer.go).
/// </summary>
public static partial class ContractErrors
{
    /// <summary>Ids that may belong to existing contracts that are in no state: in order, without duplicates.</summary>
    public static IReadOnlyList<long> IdsIn(string text) =>
    [
        .. Naming().Matches(text)
            .SelectMany(match => match.Groups["id"].Captures)
            .Select(capture => long.Parse(capture.Value, CultureInfo.InvariantCulture))
            .Where(id => id > 0)
            .Distinct(),
    ];

    // "(id: 12)" after "cancel", "contract 12", "contract id 12", "contract with id: 12", "contracts [12 13]",
    // "deployment 12". At most 18 digits: a long.
    [GeneratedRegex(
        @"\bcancel\w*\b[^\n()]*\(\s*id:\s*(?<id>\d{1,18})\s*\)"
            + @"|\b(?:contracts?|deployments?)(?:\s+(?:with\s+)?ids?)?\s*[:=]?\s*[\[(""']?"
            + @"(?<id>\d{1,18})(?:[\s,]+(?<id>\d{1,18}))*\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Naming();
}
