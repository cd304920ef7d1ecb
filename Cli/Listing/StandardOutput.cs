using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.Cli.Listing;

/// <summary>Standard output for the quick verbs.</summary>
internal static class StandardOutput
{
    private static readonly SafeFileHandle Descriptor = new(1, ownsHandle: false);

    /// <summary>False if nobody reads it, or the disk is full.</summary>
    public static bool TryWrite(MemoryStream text, Func<Stream> console)
    {
        try
        {
            using Stream output = Open(console);
            text.WriteTo(output);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Setting up the console takes longer, but only its stream moves the position of a file that others write to too.
    private static Stream Open(Func<Stream> console)
    {
        var stream = new FileStream(Descriptor, FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? console() : stream;
    }
}
