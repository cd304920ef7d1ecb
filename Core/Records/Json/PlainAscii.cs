namespace TfgridCompose.Core.Records.Json;

/// <summary>
/// Whether bytes are all printable ASCII, eight at a time: the library's own search is compiled for this processor at
/// its first use.
/// </summary>
internal static unsafe class PlainAscii
{
    private const ulong HighBits = 0x8080808080808080;
    private const ulong Ones = 0x0101010101010101;
    private const ulong Blanks = 0x2020202020202020;

    public static bool IsAll(ReadOnlySpan<byte> text)
    {
        // Below a blank, the difference borrows into the high bit; DEL plus one sets it; beyond ASCII it is set.
        ulong seen = 0;
        int at = 0;
        bool isPlain = true;
        fixed (byte* bytes = text)
        {
            for (; at + sizeof(ulong) <= text.Length; at += sizeof(ulong))
            {
                ulong eight = *(ulong*)(bytes + at);
                seen |= (eight - Blanks) | eight | (eight + Ones);
            }

            for (; at < text.Length; at++)
            {
                isPlain &= bytes[at] is >= 0x20 and < 0x7f;
            }
        }

        return isPlain && (seen & HighBits) == 0;
    }
}
