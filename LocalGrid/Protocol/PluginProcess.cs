using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>Runs this process as a plugin of the Terraform that started it.</summary>
internal static class PluginProcess
{
    public const string CookieVariable = "TF_PLUGIN_MAGIC_COOKIE";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // A socket path must fit sockaddr_un.
    private const int LongestSocketPath = 100;

    public static async Task RunAsync(ProviderService provider)
    {
        Task terraformEnds = ParentEndsAsync(Libc.ParentProcess());
        SkipTrustStore();
        using var finish = new FinishWork();
        using var certificate = ServerCertificate.ForClient(Environment.GetEnvironmentVariable("PLUGIN_CLIENT_CERT"));
        using Stream output = Console.OpenStandardOutput();
        string? socket = SocketPath();
        PluginSocket.RemoveDead(Path.GetDirectoryName(socket) ?? "/tmp");
        await new PluginServer(provider, socket, certificate).RunAsync(output, terraformEnds, ended: () => Libc.ExitNow(0));
    }

    // If Terraform is killed before it connects, only the end of its process tells.
    private static async Task ParentEndsAsync(int parent)
    {
        while (Libc.ParentProcess() == parent)
        {
            await Task.Delay(LookEvery);
        }
    }

    // When TLS starts, it reads all root certificates of the computer, which takes 100 ms. This server trusts only one client.
    // The runtime's own SetEnvironmentVariable does not reach OpenSSL's getenv.
    private static void SkipTrustStore()
    {
        _ = Libc.SetEnvironment("SSL_CERT_DIR", "/nonexistent", 1);
        _ = Libc.SetEnvironment("SSL_CERT_FILE", "/nonexistent", 1);
    }

    private static string? SocketPath() => new[] { Path.GetTempPath(), "/tmp" }
        .Select(directory => Path.Combine(directory, PluginSocket.NewName()))
        .FirstOrDefault(path => path.Length < LongestSocketPath);
}
