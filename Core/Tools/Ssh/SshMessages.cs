using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>A message of OpenSSH: any of these parts of a line identifies it. They are the same in every locale.</summary>
internal sealed record SshMessages(params string[] Parts)
{
    /// <summary>The host has a different key of the pinned type, or one of a different type.</summary>
    public static readonly SshMessages HostKeyChanged =
        new("IDENTIFICATION HAS CHANGED", "requested strict checking");

    public static readonly SshMessages HostKeyUnverified = new("Host key verification failed");

    /// <summary>The server accepts none of the offered keys.</summary>
    public static readonly SshMessages Denied = new("Permission denied (");

    public static readonly SshMessages TooManyKeys = new("Too many authentication failures");

    /// <summary>A key's file has a mode that lets others read it.</summary>
    public static readonly SshMessages KeyIsOpen = new("UNPROTECTED PRIVATE KEY FILE", "bad permissions");

    public static readonly SshMessages KeyUnusable =
        new("error in libcrypto", "invalid format", "incorrect passphrase", "not accessible: No such file");

    public static readonly SshMessages BadOption =
        new("Bad configuration option", "Bad owner or permissions on", "unknown option", "illegal option");

    /// <summary>Client and server have no algorithm in common.</summary>
    public static readonly SshMessages NothingInCommon = new("Unable to negotiate with");

    /// <summary>What cloud images answer instead of a shell.</summary>
    public static readonly SshMessages OtherUser = new("Please login as the user");

    public static readonly SshMessages NotInstalled = new("not found on PATH");

    public bool IsIn(ToolResult result) => result.LastErrorLines
        .Concat(result.Output.Split('\n'))
        .Any(line => Parts.Any(part => line.Contains(part, StringComparison.Ordinal)));
}
