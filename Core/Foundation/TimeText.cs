using System.Globalization;

namespace TfgridCompose.Core.Foundation;

/// <summary>A point in time for people.</summary>
public static class TimeText
{
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
