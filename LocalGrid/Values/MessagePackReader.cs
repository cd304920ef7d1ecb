using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TfgridCompose.LocalGrid.Values;

/// <summary>Reads the MessagePack form of a Terraform value (https://github.com/msgpack/msgpack/blob/master/spec.md).</summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public static object? Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        object? value = reader.Read();
        return reader._position == bytes.Length ? value : throw new FormatException("bytes follow the MessagePack value");
    }

    private object? Read()
    {
        byte tag = Next();
        return tag switch
        {
            <= 0x7f => TerraformNumber.Of(tag),
            <= 0x8f => Map(tag & 0x0f),
            <= 0x9f => Array(tag & 0x0f),
            <= 0xbf => Text(tag & 0x1f),
            >= 0xe0 => TerraformNumber.Of((sbyte)tag),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            >= 0xc4 and <= 0xc6 => Text(Length(tag - 0xc4)),
            >= 0xc7 and <= 0xc9 => Extension(Length(tag - 0xc7)),
            >= 0xca and <= 0xd3 => Number(tag),
            >= 0xd4 and <= 0xd8 => Extension(1 << (tag - 0xd4)),
            >= 0xd9 and <= 0xdb => Text(Length(tag - 0xd9)),
            0xdc or 0xdd => Array(Length(tag - 0xdc + 1)),
            0xde or 0xdf => Map(Length(tag - 0xde + 1)),
            _ => throw new FormatException($"MessagePack has no type 0x{tag:x2}"),
        };
    }

    private object Number(byte tag) => tag switch
    {
        0xca => TerraformNumber.Of(BinaryPrimitives.ReadSingleBigEndian(Take(4))),
        0xcb => TerraformNumber.Of(BinaryPrimitives.ReadDoubleBigEndian(Take(8))),
        0xcf => new TerraformNumber(Unsigned(8).ToString(CultureInfo.InvariantCulture)),
        <= 0xce => TerraformNumber.Of((long)Unsigned(1 << (tag - 0xcc))),
        0xd0 => TerraformNumber.Of((sbyte)Unsigned(1)),
        0xd1 => TerraformNumber.Of((short)Unsigned(2)),
        0xd2 => TerraformNumber.Of((int)Unsigned(4)),
        _ => TerraformNumber.Of((long)Unsigned(8)),
    };

    private List<object?> Array(int count)
    {
        var items = new List<object?>(Math.Min(count, _bytes.Length));
        for (int i = 0; i < count; i++)
        {
            items.Add(Read());
        }

        return items;
    }

    private TerraformObject Map(int count)
    {
        var map = new TerraformObject();
        for (int i = 0; i < count; i++)
        {
            string key = Read() as string ?? throw new FormatException("a MessagePack map key is not text");
            map[key] = Read();
        }

        return map;
    }

    private UnknownValue Extension(int length)
    {
        sbyte code = (sbyte)Next();
        return new UnknownValue(code, Take(length).ToArray());
    }

    private string Text(int length) => Encoding.UTF8.GetString(Take(length));

    private int Length(int sizeExponent) => (int)Unsigned(1 << sizeExponent);

    private ulong Unsigned(int size)
    {
        ulong value = 0;
        foreach (byte b in Take(size))
        {
            value = (value << 8) | b;
        }

        return value;
    }

    private byte Next() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || _position + count > _bytes.Length)
        {
            throw new FormatException("the MessagePack value ends early");
        }

        ReadOnlySpan<byte> slice = _bytes.Slice(_position, count);
        _position += count;
        return slice;
    }
}
