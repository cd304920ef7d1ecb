using System.Net.Sockets;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>
/// The paths of OpenSSH's control sockets, in the user's own state folder, where nobody else can replace them. A
/// socket's path is limited to 108 bytes, of which OpenSSH needs 17 for a temporary name; if the home's path is too
/// long, connections are not shared.
/// </summary>
public static class ControlSocket
{
    private const int LongestPath = 90;

    /// <summary>The socket's path, or <c>none</c>, which turns off sharing in OpenSSH.</summary>
    public static string PathFor(DeploymentFolder folder, string host)
    {
        string path = Path.Combine(folder.Path, $"{host}.ssh");
        return path.Length <= LongestPath ? path : "none";
    }

    /// <summary>The deployment's sockets on which an ssh still listens; a killed ssh leaves a dead one.</summary>
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
