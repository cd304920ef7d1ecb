namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// A user with a home, an SSH key and apps. Disposing takes down all deployments that still exist, and fails if one of them cannot be.
/// </summary>
internal sealed class Lab : IAsyncDisposable
{
    private static readonly string[] ForeignVariables = ["TF_", "ANSIBLE_", "SSH_", "MNEMONIC", "TFGRID_", "XDG_", "AWS_", "PG"];
    private readonly string _root = Directory.CreateTempSubdirectory("tfc-e2e-").FullName;

    private Lab() => Environment = CleanEnvironment(Home);

    /// <summary>Where the home and the apps lie.</summary>
    public string Root => _root;

    public string Home => Path.Combine(_root, "home");

    public string ComposeHome => Environment.GetValueOrDefault("TFGRID_COMPOSE_HOME") ?? Path.Combine(Home, ".tfgrid-compose");

    public Dictionary<string, string?> Environment { get; }

    public string Executable { get; set; } = Product.Executable;

    public IReadOnlyList<Deployment> Deployments => Directory.Exists(Path.Combine(ComposeHome, "deployments"))
        ? [.. Directory.GetDirectories(Path.Combine(ComposeHome, "deployments")).Select(folder => new Deployment(folder))]
        : [];

    public static async Task<Lab> CreateAsync()
    {
        Assert.That(File.Exists(Product.Executable), $"{Product.Executable} is missing; ./test.sh builds it");
        var lab = new Lab();
        Directory.CreateDirectory(Path.Combine(lab.Home, ".ssh"), (UnixFileMode)Convert.ToInt32("700", 8));
        (await lab.RunToolAsync(
            "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "e2e", "-f", Path.Combine(lab.Home, ".ssh", "id_ed25519"))).MustEndWith(0);
        return lab;
    }

    public string In(string name) => Path.Combine(_root, name);

    public SampleApp App(string name, string more = "") => new SampleApp(In(name), name) { More = more }.WriteManifest();

    public RunningProgram Start(params string[] arguments) => new(Executable, arguments, Environment, _root);

    /// <summary>Starts it with no signal ignored, whatever the tests were started with: nohup ignores SIGHUP.</summary>
    public RunningProgram StartWithSignals(params string[] arguments) =>
        new("env", ["--default-signal", Executable, .. arguments], Environment, _root);

    /// <summary>
    /// Starts it in a process group of its own, as a shell with a terminal does. SIGINT reaches it even if the tests run in the background
    /// of a script, which ignores it.
    /// </summary>
    public RunningProgram StartGroup(params string[] arguments) =>
        new("env", ["--default-signal=INT", "setsid", Executable, .. arguments], Environment, _root);

    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using RunningProgram program = Start(arguments);
        ProgramResult result = await program.EndAsync();
        await TestContext.Out.WriteLineAsync(
            $"{result.Elapsed.TotalSeconds,6:F1} s  exit {result.ExitCode}  {string.Join(' ', arguments)}");
        return result;
    }

    public Task<ProgramResult> RunToolAsync(string program, params string[] arguments) => RunToolInAsync(_root, program, arguments);

    public async Task<ProgramResult> RunToolInAsync(string folder, string program, params string[] arguments)
    {
        using var running = new RunningProgram(program, arguments, Environment, folder);
        return await running.EndAsync();
    }

    /// <summary>Runs <c>up</c> on the local grid; it must succeed.</summary>
    public async Task<Deployment> UpAsync(SampleApp app, params string[] more)
    {
        (await RunAsync(["up", app.Folder, "--grid", "local", .. more])).MustEndWith(0);
        return Deployment.Of(app);
    }

    public async ValueTask DisposeAsync()
    {
        var failures = new List<string>();
        foreach (Deployment deployment in Deployments)
        {
            using RunningProgram down = Start("down", deployment.Id, "--yes");
            ProgramResult result = await down.EndAsync();
            failures.AddRange(result.ExitCode == 0 ? [] : [result.Everything]);
        }

        if (failures.Count == 0)
        {
            Directory.Delete(_root, recursive: true);
        }

        Assert.That(failures, Is.Empty);
    }

    private static Dictionary<string, string?> CleanEnvironment(string home)
    {
        var environment = new Dictionary<string, string?> { ["HOME"] = home };
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys)
        {
            if (ForeignVariables.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                environment[name] = null;
            }
        }

        return environment;
    }
}
