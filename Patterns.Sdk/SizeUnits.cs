namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// Conversions between the units of <see cref="SizeUnit"/>. Options hold sizes in MB; the grid counts disks in GB.
/// </summary>
public static class SizeUnits
{
    /// <summary>MB in a GB.</summary>
    public const long MbPerGb = 1024;

    /// <summary>
    /// An amount in GB, rounded up so that it is never too small: 5120 MB are 5 GB, 5121 MB are 6 GB.
    /// </summary>
    /// <param name="megabytes">The amount in MB, as <see cref="PatternOptions.Integer"/> returns it for a size.</param>
    public static long ToGb(long megabytes) => (megabytes / MbPerGb) + (megabytes % MbPerGb > 0 ? 1 : 0);
}
