namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>
/// The keys that may log in, and the file of the one that this machine uses: a private key, or the public half of a key that
/// an SSH agent holds. Null if the agent's key has no file.
/// </summary>
public sealed record SshKeys(IReadOnlyList<string> PublicKeys, string? PrivateKey)
{
    internal const string PublicExtension = ".pub";

    /// <summary>Whether only an agent has the private half.</summary>
    public bool IsOfAgent => PrivateKey?.EndsWith(PublicExtension, StringComparison.Ordinal) != false;
}
