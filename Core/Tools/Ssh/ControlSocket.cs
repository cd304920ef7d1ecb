using System.Net.Sockets;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>
/// Where OpenSSH's control sockets lie: in the user's own state folder, where nobody else can put one in their place. A socket's path is limited to
/// 108 bytes, of which OpenSSH takes 17 while it makes one; a home with a longer path does without a shared connection.
/// </summary>
public static class ControlSocket
{
    private const int LongestPath = 90;

    /// <summary>The socket's path, or <c>none</c>, OpenSSH's word for no sharing.</summary>
    public static string PathFor(DeploymentFolder folder, string host)
    {
        string path = Path.Combine(folder.Path, $"{host}.ssh");
        return path.Length <= LongestPath ? path : "none";
    }

    /// <summary>Sockets of a deployment behind which an ssh still listens; one that a killed ssh left is a mere file.</summary>
    public static IReadOnlyList<string> Answering(DeploymentFolder folder) =>
        Directory.Exists(folder.Path) ? [.. Directory.EnumerateFiles(folder.Path, "*.ssh").Where(IsAnswering)] : [];

    private static bool IsAnswering(string path)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (Exception problem) when (problem is SocketException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
