namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>Looks up a program as a shell would.</summary>
public static class ExecutablePath
{
    // wg-quick, ip and nft live in sbin, which is not on every user's PATH.
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    public static string? Find(string program, string? path) =>
        (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable);

    public static bool IsExecutable(string path) =>
        File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherExecute)) != 0;
}
