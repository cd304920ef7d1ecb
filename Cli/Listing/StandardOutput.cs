using Microsoft.Win32.SafeHandles;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Cli.Listing;

/// <summary>Standard output for the quick verbs.</summary>
internal static class StandardOutput
{
    // PIPE_BUF: a pipe takes this many bytes at once or none, so it is known what a full one has taken.
    private const int Piece = 4096;

    private static readonly SafeFileHandle Descriptor = new(1, ownsHandle: false);

    /// <summary>False if it could not be written.</summary>
    /// <param name="text">What to write.</param>
    /// <param name="console">Opens the console's stream, which waits for a pipe that does not block.</param>
    /// <param name="report">Gets the problem, for example a full disk. If the reader has gone, there is nothing to report.</param>
    public static bool TryWrite(MemoryStream text, Func<Stream> console, Action<string> report)
    {
        try
        {
            using Stream output = Open(console);
            int written = WritePieces(output, text);
            if (written < text.Length)
            {
                using Stream patient = console();
                patient.Write(text.GetBuffer(), written, (int)text.Length - written);
            }

            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (!SystemError.IsBrokenPipe(refused))
            {
                report(refused.Message);
            }

            return false;
        }
    }

    // How much was written when the output would have blocked.
    private static int WritePieces(Stream output, MemoryStream text)
    {
        int written = 0;
        try
        {
            while (written < text.Length)
            {
                int length = Math.Min(Piece, (int)text.Length - written);
                output.Write(text.GetBuffer(), written, length);
                written += length;
            }
        }
        catch (IOException full) when (SystemError.IsAgain(full))
        {
            // Not an error: the caller waits.
        }

        return written;
    }

    // Setting up the console takes longer, but only its stream moves the position of a file that others write to too.
    private static Stream Open(Func<Stream> console)
    {
        var stream = new FileStream(Descriptor, FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? console() : stream;
    }
}
