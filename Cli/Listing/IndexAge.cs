using TfgridCompose.Core.Records.Json;

namespace TfgridCompose.Cli.Listing;

/// <summary>How long a deployment has been there: <c>45s</c>, <c>12m</c>, <c>30h</c>, <c>9d</c>.</summary>
internal static class IndexAge
{
    private const int MostDigits = 12;
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <summary>By hand, in a buffer that the next call takes again.</summary>
    [ThreadStatic]
    private static byte[]? s_buffer;

    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> createdAt, DateTimeOffset now)
    {
        if (UtcTime.Read(createdAt) is not { } created)
        {
            return "-"u8;
        }

        // A clock that was set back makes no age.
        long seconds = Math.Max(0, (now.UtcTicks - created.UtcTicks) / TimeSpan.TicksPerSecond);
        return seconds < Minute ? Text(seconds, 's')
            : seconds < Hour ? Text(seconds / Minute, 'm')
            : seconds < 2 * Day ? Text(seconds / Hour, 'h')
            : Text(seconds / Day, 'd');
    }

    private static ReadOnlySpan<byte> Text(long number, char unit)
    {
        byte[] buffer = s_buffer ??= new byte[MostDigits];
        int at = buffer.Length;
        buffer[--at] = (byte)unit;
        do
        {
            buffer[--at] = (byte)('0' + (number % 10));
            number /= 10;
        }
        while (number > 0 && at > 0);
        return buffer.AsSpan(at);
    }
}
