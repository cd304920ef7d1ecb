using System.Globalization;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>Parses scalars as people write them, quoted or not.</summary>
internal static class ScalarText
{
    /// <summary>True or false in YAML 1.1's spellings, or null.</summary>
    public static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => null,
    };

    public static long? Integer(string text) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : null;
}
