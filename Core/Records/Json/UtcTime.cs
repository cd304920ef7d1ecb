namespace TfgridCompose.Core.Records.Json;

/// <summary>Times as our JSON writes them: <c>2026-01-02T03:04:05.1234567+00:00</c>, the fraction absent or up to seven digits.</summary>
public static class UtcTime
{
    private const int WholeSeconds = 19;
    private const int FractionDigits = 7;
    private const int OffsetLength = 6;

    /// <summary>
    /// By hand, for the first parse of a time takes longer than a listing. Null: another form, which a real parser may
    /// know.
    /// </summary>
    public static DateTimeOffset? Read(ReadOnlySpan<byte> text)
    {
        if (text.Length < WholeSeconds + OffsetLength
            || !text[^OffsetLength..].SequenceEqual("+00:00"u8)
            || text[4] != '-'
            || text[7] != '-'
            || text[10] != 'T'
            || text[13] != ':'
            || text[16] != ':')
        {
            return null;
        }

        int year = Number(text[..4]);
        int month = Number(text[5..7]);
        int day = Number(text[8..10]);
        int hour = Number(text[11..13]);
        int minute = Number(text[14..16]);
        int second = Number(text[17..19]);
        long ticks = Fraction(text[WholeSeconds..^OffsetLength]);
        bool exists = year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59 && ticks >= 0;
        return exists ? new DateTimeOffset(new DateTime(year, month, day, hour, minute, second).Ticks + ticks, TimeSpan.Zero) : null;
    }

    // A tick is the seventh digit.
    private static long Fraction(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        int digits = text.Length - 1;
        long value = text[0] == '.' && digits is >= 1 and <= FractionDigits ? Number(text[1..]) : -1;
        for (int i = digits; value > 0 && i < FractionDigits; i++)
        {
            value *= 10;
        }

        return value;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
