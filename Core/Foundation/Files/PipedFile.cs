using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Reads a file that may be a named pipe: <c>--env-file &lt;(sops -d app.env)</c>.</summary>
public static unsafe class PipedFile
{
    private const int TimedOut = 110; // ETIMEDOUT
    private const short Readable = 1;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>The content, or one byte more than the limit. It is an error if the writer sends nothing for 60 s.</summary>
    public static byte[] ReadBytes(string path, int limit) => ReadBytes(path, limit, LongestPause);

    internal static byte[] ReadBytes(string path, int limit, TimeSpan longestPause)
    {
        using SafeFileHandle file = PlainFile.Handle(path);
        using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        byte[] buffer = new byte[limit + 1];
        int length = 0;
        while (length < buffer.Length)
        {
            Await(file, path, longestPause);
            int read = stream.Read(buffer.AsSpan(length));
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return buffer[..length];
    }

    private static void Await(SafeFileHandle file, string path, TimeSpan longestPause)
    {
        var polled = new Libc.PolledFile { File = (int)file.DangerousGetHandle(), Asked = Readable };
        int ready;
        do
        {
            ready = Libc.Poll(&polled, 1, (int)longestPause.TotalMilliseconds);
        }
        while (ready < 0);
        if (ready == 0)
        {
            string problem = string.Create(
                CultureInfo.InvariantCulture, $"nothing was written to '{path}' for {longestPause.TotalSeconds} s");
            throw new IOException(problem, TimedOut);
        }
    }
}
