using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// Streams the app's files and a few generated ones as a compressed tar; nothing is staged on this machine. The last
/// entry lists the hashes of the files as they were sent, for <c>sha256sum -c</c>: a stream that was cut short has none.
/// </summary>
public sealed class AppArchive(
    IReadOnlyList<AppFile> files,
    IReadOnlyDictionary<string, string> privateFiles,
    IReadOnlySet<string> executables)
{
    /// <summary>The list's path on the host, without the leading slash.</summary>
    public const string HashList = "tmp/.tfgrid-copied";

    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        var hashes = new StringBuilder();
        await using var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(zip, TarEntryFormat.Pax, leaveOpen: true);
        foreach (AppFile file in files)
        {
            await (file.Kind == AppFileKind.File
                ? WriteFileAsync(tar, file, hashes, cancellation)
                : tar.WriteEntryAsync(EntryOf(file), cancellation));
        }

        foreach ((string hostPath, string text) in privateFiles)
        {
            await WritePrivateAsync(tar, hostPath, text, hashes, cancellation);
        }

        await WritePrivateAsync(tar, HashList, hashes.ToString(), new StringBuilder(), cancellation);
    }

    // Hooks are always executable, because git or an archive may have lost their mode.
    private async Task WriteFileAsync(
        TarWriter tar, AppFile file, StringBuilder hashes, CancellationToken cancellation)
    {
        await using var content = new SentContent(PlainFile.Open(file.LocalPath), file.LocalPath);
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, file.HostPath)
            {
                Mode = executables.Contains(file.HostPath) ? file.Mode | Executable : file.Mode,
                ModificationTime = file.ModifiedAt,
                DataStream = content,
            },
            cancellation);
        AddHash(hashes, content.Sha256(), file.HostPath);
    }

    private static PaxTarEntry EntryOf(AppFile file) => file.Kind == AppFileKind.Link
        ? new PaxTarEntry(TarEntryType.SymbolicLink, file.HostPath) { LinkName = file.LinkTarget }
        : new PaxTarEntry(TarEntryType.Directory, file.HostPath)
        {
            Mode = file.Mode,
            ModificationTime = file.ModifiedAt,
        };

    private static async Task WritePrivateAsync(
        TarWriter tar, string hostPath, string text, StringBuilder hashes, CancellationToken cancellation)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        await using var content = new MemoryStream(bytes);
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, hostPath)
            {
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                DataStream = content,
            },
            cancellation);
        AddHash(hashes, SHA256.HashData(bytes), hostPath);
    }

    // Names with these signs are left out: versions of sha256sum differ in how they escape them.
    private static void AddHash(StringBuilder hashes, byte[] hash, string path)
    {
        if (path.AsSpan().IndexOfAny('\\', '\n', '\r') < 0)
        {
            hashes.Append(Convert.ToHexStringLower(hash)).Append("  ").Append(path).Append('\n');
        }
    }
}
