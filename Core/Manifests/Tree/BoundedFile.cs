using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>Reads small UTF-8 files written by people, and rejects large or invalid ones.</summary>
internal static class BoundedFile
{
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether anything is at the path, even a link to nothing: that is an error, not a missing file.</summary>
    public static bool IsThere(string file) => Path.Exists(file) || new FileInfo(file).LinkTarget is not null;

    /// <summary>The file's text without a byte order mark. Throws <see cref="DiagnosticException"/>.</summary>
    public static string Read(string file) => Decode(Bytes(file, PlainFileBytes), file);

    /// <summary>The same for a file that may be a named pipe.</summary>
    public static string ReadPiped(string file) => Decode(Bytes(file, path => PipedFile.ReadBytes(path, MaxBytes)), file);

    public static string Decode(byte[] bytes, string file)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException problem)
        {
            throw new DiagnosticException(
                ExitCode.Usage, ManifestCodes.FileUnreadable, $"{file} is not UTF-8 text.", "Save the file as UTF-8.",
                LocationOf(bytes, problem.Index, file));
        }
    }

    private static byte[] PlainFileBytes(string file)
    {
        using FileStream stream = PlainFile.Open(file);
        byte[] buffer = new byte[MaxBytes + 1];
        return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    private static byte[] Bytes(string file, Func<string, byte[]> read)
    {
        try
        {
            byte[] bytes = read(file);
            return bytes.Length <= MaxBytes ? bytes : throw TooLarge(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                [Diagnostic.Error(
                    ManifestCodes.FileUnreadable, $"{file} cannot be read: {ReasonOf(problem, file)}",
                    "Make it a file that you may read (ls -l shows its mode).", new SourceLocation(file, 1, 1))],
                problem);
        }
    }

    private static string ReasonOf(Exception problem, string file) =>
        problem is FileNotFoundException or DirectoryNotFoundException && new FileInfo(file).LinkTarget is { } target
            ? $"it is a link to '{Excerpt.Of(target, longest: 200)}', where nothing is."
            : problem.Message;

    private static DiagnosticException TooLarge(string file) => new(
        ExitCode.Usage, ManifestCodes.FileTooLarge, $"{file} is larger than {MaxBytes / 1024} KB.",
        "Keep data out of it; it is for settings only.", new SourceLocation(file, 1, 1));

    private static SourceLocation LocationOf(byte[] bytes, int index, string file)
    {
        Span<byte> before = bytes.AsSpan(0, Math.Clamp(index, 0, bytes.Length));
        return new SourceLocation(file, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }
}
