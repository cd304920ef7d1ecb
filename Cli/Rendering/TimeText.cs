using System.Globalization;

namespace TfgridCompose.Cli.Rendering;

/// <summary>A point in time for people.</summary>
internal static class TimeText
{
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
