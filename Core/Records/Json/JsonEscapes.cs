using System.Text;

namespace TfgridCompose.Core.Records.Json;

/// <summary>Undoes the escapes of a JSON text that is otherwise ASCII.</summary>
internal static class JsonEscapes
{
    private const int HexDigits = 4;

    /// <summary>Null: there is an escape that JSON does not know.</summary>
    public static string? Decode(ReadOnlySpan<byte> text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append((char)text[i]);
                continue;
            }

            i++;
            int letter = i >= text.Length ? -1 : text[i] == 'u' ? Hex(text[(i + 1)..]) : Short(text[i]);
            if (letter < 0)
            {
                return null;
            }

            plain.Append((char)letter);
            i += text[i] == 'u' ? HexDigits : 0;
        }

        return plain.ToString();
    }

    private static int Short(byte letter) => (char)letter switch
    {
        '\\' or '"' or '/' => letter,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\b',
        'f' => '\f',
        _ => -1,
    };

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        int value = digits.Length < HexDigits ? -1 : 0;
        for (int i = 0; i < HexDigits && value >= 0; i++)
        {
            int digit = char.IsAsciiHexDigit((char)digits[i]) ? Convert.ToInt32(((char)digits[i]).ToString(), 16) : -1;
            value = digit < 0 ? -1 : (value * 16) + digit;
        }

        return value;
    }
}
