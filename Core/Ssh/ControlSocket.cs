using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Ssh;

/// <summary>Where OpenSSH's control sockets lie: a short path, since a socket's is limited to about 100 characters.</summary>
public static class ControlSocket
{
    public static string PathFor(string deploymentId, string host) => Path.Combine(Folder(), $"{deploymentId}-{host}");

    private static string Folder()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        string folder = !string.IsNullOrEmpty(runtime) && Directory.Exists(runtime)
            ? Path.Combine(runtime, "tfgrid-compose")
            : Path.Combine("/tmp", $"tfgrid-compose-{Environment.UserName}");
        PrivateFile.CreateFolder(folder);
        return folder;
    }
}
