namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Whether others may read a file.</summary>
public static class SharedFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Whether the file, or the one that the link leads to, may be read by others than its owner. A pipe may not.</summary>
    public static bool IsReadableByOthers(string path)
    {
        string file = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        return File.Exists(file) && !PlainFile.IsSpecial(file) && (File.GetUnixFileMode(file) & Others) != 0;
    }
}
