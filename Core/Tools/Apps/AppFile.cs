namespace TfgridCompose.Core.Tools.Apps;

/// <summary>What is copied to the hosts: a file, a link or an empty folder of the app.</summary>
/// <param name="HostPath">Its path on the host, without the leading slash: <c>tmp/app-source/server.py</c>.</param>
/// <param name="LocalPath">Its path on this machine.</param>
/// <param name="Kind">What it is.</param>
public sealed record AppFile(string HostPath, string LocalPath, AppFileKind Kind)
{
    public UnixFileMode Mode { get; init; }

    public DateTime ModifiedAt { get; init; }

    /// <summary>What a link names.</summary>
    public string LinkTarget { get; init; } = "";

    /// <summary>A file's fingerprint.</summary>
    public string Content { get; init; } = "";

    /// <summary>Changes with its content and mode.</summary>
    public string Stamp => Kind switch
    {
        AppFileKind.Link => $"-> {LinkTarget}",
        AppFileKind.EmptyFolder => "empty folder",
        _ => $"{(int)Mode} {Content}",
    };
}

public enum AppFileKind
{
    File,
    Link,
    EmptyFolder,
}
