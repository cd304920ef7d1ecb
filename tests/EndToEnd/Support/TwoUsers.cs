namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// Two users of this computer, for the time of a test, and a copy of the product that belongs to root. Each starts with
/// nothing; the lines for sudo are those that the documentation shows.
/// </summary>
internal sealed class TwoUsers : IAsyncDisposable
{
    private const string Sudoers = "/etc/sudoers.d";
    private static readonly Dictionary<string, string?> Nothing = [];

    private readonly string _root = Directory.CreateTempSubdirectory("tfc-users-").FullName;
    private readonly string _suffix = Guid.NewGuid().ToString("n")[..8];

    private TwoUsers()
    {
    }

    public string Anna => $"tfca{_suffix}";

    public string Ben => $"tfcb{_suffix}";

    public string Executable => Path.Combine(_root, "product", "tfgrid-compose");

    public string LocalGrid => Path.Combine(_root, "product", "localgrid", "tfgrid-localgrid");

    public static async Task<TwoUsers> CreateAsync()
    {
        var users = new TwoUsers();
        File.SetUnixFileMode(users._root, (UnixFileMode)Convert.ToInt32("755", 8));
        await AsRootAsync("cp", "-a", "--no-preserve=ownership", Product.Folder, Path.Combine(users._root, "product"));
        foreach (string name in new[] { users.Anna, users.Ben })
        {
            await AsRootAsync("useradd", "--create-home", "--home-dir", users.HomeOf(name), "--shell", "/bin/bash", name);

            // As it was usual for long: the home is open, so each file has to protect itself.
            await AsRootAsync("chmod", "755", users.HomeOf(name));
        }

        return users;
    }

    public string HomeOf(string user) => Path.Combine(_root, user);

    /// <summary>Gives a user the local grid's line of docs/troubleshooting.md, with the program's path.</summary>
    public async Task AllowAsync(string user)
    {
        string line = File.ReadLines(Path.Combine(Product.Repository, "docs", "troubleshooting.md"))
            .Single(text => text.StartsWith("YOU ALL=(root)", StringComparison.Ordinal) && text.Contains("tfgrid-localgrid"))
            .Replace("YOU", user, StringComparison.Ordinal)
            .Replace("/path/to/localgrid/tfgrid-localgrid", LocalGrid, StringComparison.Ordinal);
        string draft = Path.Combine(_root, "sudoers");
        await File.WriteAllTextAsync(draft, line + "\n");
        await AsRootAsync("visudo", "--check", "--strict", "--file", draft);
        await AsRootAsync("install", "-m", "0440", draft, SudoersOf(user));
    }

    /// <summary>Runs a shell's line as a user, with the user's own environment only.</summary>
    public Task<ProgramResult> AsAsync(string user, string line) => RunAsync(
        "runuser", "-u", user, "--", "env", "-i", $"HOME={HomeOf(user)}", $"USER={user}", "PATH=/usr/local/bin:/usr/bin:/bin",
        "sh", "-c", $"cd \"$HOME\" && {line}");

    public async ValueTask DisposeAsync()
    {
        foreach (string name in new[] { Anna, Ben })
        {
            File.Delete(SudoersOf(name));
            await RunAsync("userdel", "--force", name);
        }

        Directory.Delete(_root, recursive: true);
    }

    private static string SudoersOf(string user) => Path.Combine(Sudoers, user);

    private static async Task AsRootAsync(params string[] command) => (await RunAsync(command)).MustEndWith(0);

    private static async Task<ProgramResult> RunAsync(params string[] command)
    {
        using var program = new RunningProgram(command[0], command[1..], Nothing);
        return await program.EndAsync();
    }
}
