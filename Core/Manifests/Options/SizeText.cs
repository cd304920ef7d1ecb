using System.Globalization;
using System.Text.RegularExpressions;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Options;

/// <summary>
/// Sizes of memory and disks as people write them: <c>4096</c>, <c>8G</c>, <c>1.5 GiB</c>. One GB is 1024 MB, as on the
/// grid.
/// </summary>
public static partial class SizeText
{
    /// <summary>
    /// Whole megabytes, or null if the text is not a size, is negative, or is not a whole number of megabytes.
    /// </summary>
    public static long? Megabytes(string text, SizeUnit unit)
    {
        Match match = SizePattern().Match(text.Trim());
        if (!match.Success || !decimal.TryParse(
            match.Groups["number"].Value,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out decimal number))
        {
            return null;
        }

        string suffix = match.Groups["suffix"].Value.ToUpperInvariant();
        decimal megabytes = number * (suffix switch
        {
            "M" => 1,
            "G" => 1024,
            "T" => 1024 * 1024,
            _ => unit == SizeUnit.GB ? 1024 : 1,
        });
        return megabytes <= long.MaxValue && megabytes == decimal.Truncate(megabytes) ? (long)megabytes : null;
    }

    // At most twenty digits, so the product fits decimal.
    [GeneratedRegex(@"^(?<number>[0-9]{1,20}(\.[0-9]{1,8})?) ?((?<suffix>[MGT])(i?B)?)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex SizePattern();
}
