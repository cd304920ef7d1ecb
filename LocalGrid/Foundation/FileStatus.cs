using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>What statx(2) reports about an open file. Its layout is the same on every processor.</summary>
internal static class FileStatus
{
    private const int EmptyPath = 0x1000;
    private const uint TypeModeAndSize = 0x203;
    private const int BufferLength = 256;
    private const int ModeOffset = 28;
    private const int SizeOffset = 40;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>Its length; null if it is not a regular file.</summary>
    public static long? LengthOfRegular(SafeFileHandle file)
    {
        byte[] status = new byte[BufferLength];
        bool known = Libc.FileStatus((int)file.DangerousGetHandle(), "", EmptyPath, TypeModeAndSize, status) == 0;
        return known && (MemoryMarshal.Read<ushort>(status.AsSpan(ModeOffset)) & TypeMask) == RegularFile
            ? MemoryMarshal.Read<long>(status.AsSpan(SizeOffset))
            : null;
    }
}
