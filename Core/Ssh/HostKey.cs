namespace TfgridCompose.Core.Ssh;

/// <summary>A host's public key, as known_hosts and ssh-keyscan write it.</summary>
public sealed record HostKey(string Type, string Value)
{
    /// <summary>What <c>ssh-keyscan -t</c> calls the type: <c>ssh-ed25519</c> is ed25519, <c>ecdsa-sha2-nistp256</c> is ecdsa.</summary>
    public string ScanType => Type.StartsWith("ecdsa", StringComparison.Ordinal) ? "ecdsa" : Type.StartsWith("ssh-", StringComparison.Ordinal) ? Type["ssh-".Length..] : Type;

    /// <summary>The key of a line <c>HOST TYPE KEY</c>, or null: a comment, or nothing.</summary>
    public static HostKey? Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var host, var type, var value, ..] && !host.StartsWith('#') ? new(type, value) : null;
}
