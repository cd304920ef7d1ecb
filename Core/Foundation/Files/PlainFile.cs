using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>
/// Reads files that somebody else may have put there. What cannot be read like a file (a named pipe, a socket, a
/// terminal) is refused at once: opening it could wait for ever. Another program's lock on the file does not matter.
/// </summary>
public static unsafe class PlainFile
{
    private const int NotFound = 2;
    private const int NotPermitted = 1;
    private const int Denied = 13;
    private const int Interrupted = 4;
    private const int NotAFolder = 20;

    // O_NONBLOCK.
    private static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    // ENXIO, and EOPNOTSUPP on macOS: a socket.
    private static readonly int[] Sockets = OperatingSystem.IsMacOS() ? [6, 102] : [6];

    /// <summary>
    /// Opens it as File.OpenRead does, with the same exceptions; <see cref="SpecialFileException"/> if it is no file.
    /// </summary>
    public static FileStream Open(string path)
    {
        var stream = new FileStream(Handle(path), FileAccess.Read, bufferSize: 0);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw new SpecialFileException(path);
    }

    /// <summary>Whether it is a named pipe, a socket or a device.</summary>
    public static bool IsSpecial(string path)
    {
        try
        {
            Open(path).Dispose();
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return problem is SpecialFileException;
        }
    }

    public static byte[] ReadBytes(string path)
    {
        using SafeFileHandle file = Handle(path);
        byte[] content = new byte[LengthOf(file, path)];
        int length = 0;
        while (length < content.Length && RandomAccess.Read(file, content.AsSpan(length), length) is > 0 and int read)
        {
            length += read;
        }

        return length == 0 ? ReadToEnd(path) : length == content.Length ? content : content[..length];
    }

    private static long LengthOf(SafeFileHandle file, string path)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            throw new SpecialFileException(path);
        }
    }

    // Files of the kernel have no length.
    private static byte[] ReadToEnd(string path)
    {
        using FileStream stream = Open(path);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    public static string ReadText(string path)
    {
        using var reader = new StreamReader(Open(path), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static string[] ReadLines(string path)
    {
        using var reader = new StreamReader(Open(path), Encoding.UTF8);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    /// <summary>Opens anything without waiting for it.</summary>
    internal static SafeFileHandle Handle(string path)
    {
        int file;
        int error;
        fixed (byte* name = Encoding.UTF8.GetBytes(Path.GetFullPath(path) + '\0'))
        {
            do
            {
                file = Libc.Open(name, Libc.ReadOnly | Libc.CloseOnExec | NonBlocking);
                error = Marshal.GetLastPInvokeError();
            }
            while (file < 0 && error == Interrupted);
        }

        if (file < 0)
        {
            throw Problem(path, error);
        }

        var handle = new SafeFileHandle(file, ownsHandle: true);
        if (!File.GetAttributes(handle).HasFlag(FileAttributes.Directory))
        {
            return handle;
        }

        handle.Dispose();
        throw new UnauthorizedAccessException($"Access to the path '{path}' is denied: it is a folder.");
    }

    private static Exception Problem(string path, int error) => error switch
    {
        NotFound when Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) =>
            new FileNotFoundException($"Could not find file '{path}'.", path),
        NotFound or NotAFolder => new DirectoryNotFoundException($"Could not find a part of the path '{path}'."),
        Denied or NotPermitted => new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        _ when Sockets.Contains(error) => new SpecialFileException(path),
        _ => new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error),
    };
}
