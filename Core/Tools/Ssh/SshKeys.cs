namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>
/// The keys that may log in, and the file that names the one that this machine uses: a private key, or the public half
/// of one that an SSH agent holds; null if the agent holds one that has no file.
/// </summary>
public sealed record SshKeys(IReadOnlyList<string> PublicKeys, string? PrivateKey)
{
    internal const string PublicExtension = ".pub";

    /// <summary>Whether only an agent has the private half.</summary>
    public bool IsOfAgent => PrivateKey?.EndsWith(PublicExtension, StringComparison.Ordinal) != false;
}
