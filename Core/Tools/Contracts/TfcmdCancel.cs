using System.Globalization;

namespace TfgridCompose.Core.Tools.Contracts;

/// <summary>How a person ends contracts of a paid grid: ThreeFold's own tool, with their own mnemonic.</summary>
public static class TfcmdCancel
{
    public static string Command(IEnumerable<long> contracts) =>
        $"tfcmd cancel contracts {string.Join(' ', contracts.Select(id => id.ToString(CultureInfo.InvariantCulture)))}";
}
