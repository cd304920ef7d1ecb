using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// The CRC-32C of a plugin's assembly (RFC 3720, appendix B.4). It detects damage much faster than SHA-256, but not
/// forgery.
/// </summary>
internal static class Crc32C
{
    private const int BufferSize = 64 * 1024;

    public static uint Of(ReadOnlySpan<byte> content) => ~Continue(uint.MaxValue, content);

    /// <summary>The CRC of a file, read through a shared buffer: an array for each would cause garbage collections.</summary>
    public static uint OfFile(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            uint crc = uint.MaxValue;
            long at = 0;
            for (int read = RandomAccess.Read(file, buffer, at); read > 0; read = RandomAccess.Read(file, buffer, at))
            {
                crc = Continue(crc, buffer.AsSpan(0, read));
                at += read;
            }

            return ~crc;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static uint Continue(uint crc, ReadOnlySpan<byte> content)
    {
        int at = 0;
        for (; at <= content.Length - sizeof(ulong); at += sizeof(ulong))
        {
            crc = Continue(crc, LittleEndian(Unsafe.ReadUnaligned<ulong>(in content[at])));
        }

        foreach (byte value in content[at..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    // Replaces BinaryPrimitives.ReadUInt64LittleEndian, which in a published program is a call and four times as slow.
    private static ulong LittleEndian(ulong value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);

    // The same instruction, but a published program calls BitOperations as a method of another assembly.
    private static uint Continue(uint crc, ulong value) => Sse42.X64.IsSupported
        ? (uint)Sse42.X64.Crc32(crc, value)
        : BitOperations.Crc32C(crc, value);
}
