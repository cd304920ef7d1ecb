using TfgridCompose.Core.Foundation.Fingerprints;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>What is copied to the hosts: a file, a link or an empty folder of the app.</summary>
/// <param name="HostPath">Its path on the host, without the leading slash: <c>tmp/app-source/server.py</c>.</param>
/// <param name="LocalPath">Its path on this machine.</param>
/// <param name="Kind">What it is.</param>
public sealed record AppFile(string HostPath, string LocalPath, AppFileKind Kind)
{
    public UnixFileMode Mode { get; init; }

    public DateTime ModifiedAt { get; init; }

    /// <summary>The target of a link.</summary>
    public string LinkTarget { get; init; } = "";

    /// <summary>The hash of a file's content.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Changes with its content and mode.</summary>
    public string Stamp => StampWith(Fingerprint.Short);

    /// <summary>The same with the whole hash.</summary>
    public string FullStamp => StampWith(hash => hash);

    private string StampWith(Func<string, string> form) => Kind switch
    {
        AppFileKind.Link => $"-> {LinkTarget}",
        AppFileKind.EmptyFolder => "empty folder",
        _ => $"{(int)Mode} {form(Sha256)}",
    };
}

public enum AppFileKind
{
    File,
    Link,
    EmptyFolder,
}
