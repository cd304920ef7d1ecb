namespace TfgridCompose.Cli.Rendering;

/// <summary>A file directly in a deployment's folder, or a folder there with all that it holds.</summary>
/// <param name="Name">A folder's ends with a slash.</param>
/// <param name="Bytes">Links are not followed.</param>
/// <param name="ModifiedAt">Of a folder, when a name in it last changed.</param>
internal sealed record InspectedFile(string Name, long Bytes, DateTimeOffset ModifiedAt)
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public static IReadOnlyList<InspectedFile> In(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .OrderBy(each => each.Name, StringComparer.Ordinal)
            .Select(each => each is DirectoryInfo sub
                ? new InspectedFile($"{sub.Name}/", sub.EnumerateFiles("*", All).Sum(file => file.Length), sub.LastWriteTimeUtc)
                : new InspectedFile(each.Name, each is FileInfo { LinkTarget: null } file ? file.Length : 0, each.LastWriteTimeUtc)),
    ];
}
