namespace TfgridCompose.Cli.Rendering;

/// <summary>A file directly in a deployment's folder, or a folder there with all that it holds.</summary>
/// <param name="Name">The name of a folder ends with a slash.</param>
/// <param name="Bytes">Links are not followed.</param>
/// <param name="ModifiedAt">For a folder, when a name in it last changed.</param>
internal sealed record InspectedFile(string Name, long Bytes, DateTimeOffset ModifiedAt)
{
    private static readonly EnumerationOptions All = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    public static IReadOnlyList<InspectedFile> In(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .OrderBy(each => each.Name, StringComparer.Ordinal)
            .Select(each => each is DirectoryInfo sub ? Of(sub) : Of(each)),
    ];

    private static InspectedFile Of(DirectoryInfo folder) =>
        new($"{folder.Name}/", folder.EnumerateFiles("*", All).Sum(file => file.Length), folder.LastWriteTimeUtc);

    private static InspectedFile Of(FileSystemInfo entry) =>
        new(entry.Name, entry is FileInfo { LinkTarget: null } file ? file.Length : 0, entry.LastWriteTimeUtc);
}
