using System.Buffers.Binary;
using System.Numerics;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// The CRC-32C of a plugin's assembly (RFC 3720, appendix B.4). It detects damage much faster than SHA-256, but not
/// forgery.
/// </summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> content)
    {
        uint crc = uint.MaxValue;
        for (; content.Length >= sizeof(ulong); content = content[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
        }

        foreach (byte value in content)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
