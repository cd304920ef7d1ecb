using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Ssh;

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
}
