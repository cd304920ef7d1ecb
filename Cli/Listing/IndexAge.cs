using System.Buffers.Text;
using System.Globalization;

namespace TfgridCompose.Cli.Listing;

/// <summary>How long a deployment has existed: <c>45s</c>, <c>12m</c>, <c>30h</c>, <c>9d</c>.</summary>
internal static class IndexAge
{
    // 2026-01-02T03:04:05+00:00; a fraction is a point and one to seven digits.
    private const int WholeSeconds = 25;
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <param name="createdAt">A time as our JSON writes it; its fraction of a second does not matter here.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> createdAt, DateTimeOffset now)
    {
        if (TimeOf(createdAt) is not { } created)
        {
            return "-"u8;
        }

        // Not negative, even if the clock was set back.
        long seconds = Math.Max(0, (now.UtcTicks - created.UtcTicks) / TimeSpan.TicksPerSecond);
        return seconds < Minute ? Text(seconds, 's')
            : seconds < Hour ? Text(seconds / Minute, 'm')
            : seconds < 2 * Day ? Text(seconds / Hour, 'h')
            : Text(seconds / Day, 'd');
    }

    // JSON leaves out the zeros at the end of a fraction, and the library's parser wants all seven digits.
    private static DateTimeOffset? TimeOf(ReadOnlySpan<byte> text)
    {
        Span<byte> full = stackalloc byte["0001-01-01T00:00:00.0000000+00:00".Length];
        "0001-01-01T00:00:00.0000000+00:00"u8.CopyTo(full);
        bool hasFraction = text.Length > WholeSeconds && text.Length <= full.Length && text.Length != WholeSeconds + 1;
        if ((text.Length != WholeSeconds && !hasFraction) || !text[^"+00:00"u8.Length..].SequenceEqual("+00:00"u8))
        {
            return null;
        }

        text[..^"+00:00"u8.Length].CopyTo(full);
        return Utf8Parser.TryParse(full, out DateTimeOffset time, out _, 'O') ? time : null;
    }

    private static ReadOnlySpan<byte> Text(long number, char unit)
    {
        Span<byte> text = new byte[20];
        number.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        text[length] = (byte)unit;
        return text[..(length + 1)];
    }
}
