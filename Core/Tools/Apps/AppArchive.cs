using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// Streams the app's files and a few generated ones as a compressed tar; nothing is staged on this machine.
/// </summary>
public sealed class AppArchive(
    IReadOnlyList<AppFile> files,
    IReadOnlyDictionary<string, string> privateFiles,
    IReadOnlySet<string> executables)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        await using var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(zip, TarEntryFormat.Pax, leaveOpen: true);
        foreach (AppFile file in files)
        {
            PaxTarEntry entry = EntryOf(file);
            await tar.WriteEntryAsync(entry, cancellation);
            if (entry.DataStream is { } content)
            {
                await content.DisposeAsync();
            }
        }

        foreach ((string hostPath, string text) in privateFiles)
        {
            await using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, hostPath)
                {
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    DataStream = content,
                },
                cancellation);
        }
    }

    // Owned by root on the host. Hooks are always executable, because git or an archive may have lost their mode.
    private PaxTarEntry EntryOf(AppFile file)
    {
        var info = new FileInfo(file.LocalPath);
        if (info.LinkTarget is { } target)
        {
            return new PaxTarEntry(TarEntryType.SymbolicLink, file.HostPath) { LinkName = target };
        }

        return new PaxTarEntry(TarEntryType.RegularFile, file.HostPath)
        {
            Mode = executables.Contains(file.HostPath) ? info.UnixFileMode | Executable : info.UnixFileMode,
            ModificationTime = info.LastWriteTimeUtc,
            DataStream = new FileStream(file.LocalPath, FileMode.Open, FileAccess.Read, FileShare.Read),
        };
    }
}
