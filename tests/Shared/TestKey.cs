using System.Buffers.Binary;
using System.Text;

namespace TfgridCompose.Tests.Shared;

/// <summary>The file of a private key that looks like one, as far as anybody reads it without using it.</summary>
internal static class TestKey
{
    /// <summary>In OpenSSH's own format, for its owner alone.</summary>
    public static void Write(string path, string cipher = "none")
    {
        byte[] name = Encoding.ASCII.GetBytes(cipher);
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, name.Length);
        string body = Convert.ToBase64String([.. "openssh-key-v1\0"u8, .. length, .. name, .. new byte[60]]);
        File.WriteAllText(path, $"-----BEGIN OPENSSH PRIVATE KEY-----\n{body}\n-----END OPENSSH PRIVATE KEY-----\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
