using System.Buffers.Binary;
using System.Text;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>What a private key's file tells about the key, without the passphrase.</summary>
internal static class PrivateKeyFile
{
    private const string Begin = "-----BEGIN ";
    private const string End = "PRIVATE KEY-----";
    private const string OpenSsh = "OPENSSH ";
    private const string Encrypted = "ENCRYPTED";

    // The file's format: openssh/PROTOCOL.key.
    private static readonly byte[] Magic = [.. "openssh-key-v1\0"u8];

    /// <summary>Whether it needs a passphrase; null if it is not a private key that OpenSSH reads.</summary>
    public static bool? NeedsPassphrase(string path)
    {
        string[] lines = PlainFile.ReadLines(path);
        if (lines is not [var first, ..]
            || !first.StartsWith(Begin, StringComparison.Ordinal)
            || !first.TrimEnd().EndsWith(End, StringComparison.Ordinal))
        {
            return null;
        }

        // The older formats: "BEGIN ENCRYPTED PRIVATE KEY", or the second line "Proc-Type: 4,ENCRYPTED".
        return first.StartsWith(Begin + OpenSsh, StringComparison.Ordinal)
            ? CipherOf(lines) is { } cipher ? cipher != "none" : null
            : lines.Take(2).Any(line => line.Contains(Encrypted, StringComparison.Ordinal));
    }

    // After the magic bytes come the length of the cipher's name and the name.
    private static string? CipherOf(string[] lines)
    {
        string body = string.Concat(lines.Skip(1).TakeWhile(line => !line.StartsWith('-')).Select(line => line.Trim()));
        byte[] key = new byte[body.Length];
        if (!Convert.TryFromBase64String(body, key, out int length)
            || length < Magic.Length + sizeof(int)
            || !key.AsSpan().StartsWith(Magic))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = key.AsSpan(Magic.Length, length - Magic.Length);
        uint size = BinaryPrimitives.ReadUInt32BigEndian(rest);
        return size <= rest.Length - sizeof(int) ? Encoding.ASCII.GetString(rest.Slice(sizeof(int), (int)size)) : null;
    }
}
