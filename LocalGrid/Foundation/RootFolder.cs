namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>
/// A folder that only root may enter: what machines write there may be setuid, and would work for every user of this
/// computer. Everybody may list it, for the status.
/// </summary>
internal static class RootFolder
{
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static void Create(string path)
    {
        Directory.CreateDirectory(path, Mode);

        // An earlier version may have created it.
        File.SetUnixFileMode(path, Mode);
    }
}
