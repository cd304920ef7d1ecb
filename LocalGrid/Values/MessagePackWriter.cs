using System.Globalization;
using System.Text;

namespace TfgridCompose.LocalGrid.Values;

/// <summary>Writes a Terraform value as MessagePack. Whole numbers are written as integers: Terraform compares them exactly.</summary>
internal static class MessagePackWriter
{
    public static byte[] Encode(object? value)
    {
        using var stream = new MemoryStream();
        Write(stream, value);
        return stream.ToArray();
    }

    private static void Write(Stream stream, object? value)
    {
        switch (value)
        {
            case null: stream.WriteByte(0xc0); break;
            case bool flag: stream.WriteByte(flag ? (byte)0xc3 : (byte)0xc2); break;
            case string text: WriteText(stream, text); break;
            case TerraformNumber number: WriteNumber(stream, number); break;
            case UnknownValue unknown: WriteUnknown(stream, unknown); break;
            case List<object?> list: WriteList(stream, list); break;
            case TerraformObject map: WriteMap(stream, map); break;
            default: throw new InvalidOperationException($"a Terraform value cannot be a {value.GetType().Name}");
        }
    }

    private static void WriteText(Stream stream, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WriteHeader(stream, bytes.Length, 0xa0, 31, 0xd9);
        stream.Write(bytes);
    }

    private static void WriteList(Stream stream, List<object?> list)
    {
        WriteHeader(stream, list.Count, 0x90, 15, 0xdb);
        foreach (object? item in list)
        {
            Write(stream, item);
        }
    }

    private static void WriteMap(Stream stream, TerraformObject map)
    {
        WriteHeader(stream, map.Count, 0x80, 15, 0xdd);
        foreach ((string key, object? item) in map)
        {
            WriteText(stream, key);
            Write(stream, item);
        }
    }

    // wideTag is the tag of a one-byte length. Lists and maps have no such form: for them it is one less than the two-byte tag.
    private static void WriteHeader(Stream stream, int length, int shortTag, int shortLimit, int wideTag)
    {
        if (length <= shortLimit)
        {
            stream.WriteByte((byte)(shortTag | length));
        }
        else if (length < 256 && wideTag == 0xd9)
        {
            WriteBigEndian(stream, 0xd9, (ulong)length, 1);
        }
        else if (length < 65536)
        {
            WriteBigEndian(stream, wideTag + 1, (ulong)length, 2);
        }
        else
        {
            WriteBigEndian(stream, wideTag + 2, (ulong)length, 4);
        }
    }

    private static void WriteNumber(Stream stream, TerraformNumber number)
    {
        if (number.IsWhole)
        {
            long whole = number.AsLong;
            if (whole is >= 0 and < 128)
            {
                stream.WriteByte((byte)whole);
            }
            else
            {
                WriteBigEndian(stream, 0xd3, (ulong)whole, 8);
            }
        }
        else if (double.TryParse(number.Text, CultureInfo.InvariantCulture, out double value) && TerraformNumber.Of(value) == number)
        {
            WriteBigEndian(stream, 0xcb, BitConverter.DoubleToUInt64Bits(value), 8);
        }
        else
        {
            WriteText(stream, number.Text);
        }
    }

    private static void WriteUnknown(Stream stream, UnknownValue unknown)
    {
        if (unknown.Code == 0)
        {
            stream.Write([0xd4, 0, 0]);
            return;
        }

        WriteBigEndian(stream, 0xc8, (ulong)unknown.Body.Length, 2);
        stream.WriteByte((byte)unknown.Code);
        stream.Write(unknown.Body);
    }

    private static void WriteBigEndian(Stream stream, int tag, ulong value, int size)
    {
        stream.WriteByte((byte)tag);
        for (int i = size - 1; i >= 0; i--)
        {
            stream.WriteByte((byte)(value >> (8 * i)));
        }
    }
}
