using System.Globalization;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>A PostgreSQL of its own on a loopback port. It refuses to run as root, so root lends it to the user postgres.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Nothing = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-postgres-").FullName;
    private readonly int _port = FreePort.Take();

    private PostgresServer()
    {
    }

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"postgres://tests@127.0.0.1:{_port}/postgres?sslmode=disable");

    private string Data => Path.Combine(_folder, "data");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess)
        {
            (await RunAsync("chown", "postgres", server._folder)).MustEndWith(0);
        }

        (await ToolAsync("initdb", "-D", server.Data, "-A", "trust", "-U", "tests", "--no-sync")).MustEndWith(0);
        string options = string.Create(CultureInfo.InvariantCulture, $"-p {server._port} -k {server._folder} -h 127.0.0.1 -c fsync=off");
        (await ToolAsync(
            "pg_ctl", "start", "-w", "-D", server.Data, "-l", Path.Combine(server._folder, "log"), "-o", options)).MustEndWith(0);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        (await ToolAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data)).MustEndWith(0);
        Directory.Delete(_folder, recursive: true);
    }

    // Debian keeps them out of the PATH.
    private static Task<ProgramResult> ToolAsync(string tool, params string[] arguments)
    {
        string program = Directory.GetDirectories("/usr/lib/postgresql").Select(
            version => Path.Combine(version, "bin", tool)).Where(File.Exists).Order(StringComparer.Ordinal).Last();
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments])
            : RunAsync(program, arguments);
    }

    private static async Task<ProgramResult> RunAsync(string program, params string[] arguments)
    {
        using var running = new RunningProgram(program, arguments, Nothing);
        return await running.EndAsync();
    }
}
