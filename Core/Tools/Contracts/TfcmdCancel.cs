using System.Globalization;

namespace TfgridCompose.Core.Tools.Contracts;

/// <summary>
/// The command with which a user cancels contracts of a paid grid: ThreeFold's own tool, with the user's mnemonic.
/// </summary>
public static class TfcmdCancel
{
    public static string Command(IEnumerable<long> contracts) =>
        $"tfcmd cancel contracts {string.Join(' ', contracts.Select(id => id.ToString(CultureInfo.InvariantCulture)))}";
}
