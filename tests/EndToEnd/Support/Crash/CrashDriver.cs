using System.Diagnostics;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <summary>
/// Disturbs runs of a small app and checks that the next commands can handle what is left. Nothing else may deploy on this machine
/// meanwhile: the whole machine is compared before and after.
/// </summary>
internal sealed class CrashDriver : IAsyncDisposable
{
    private const int Tries = 6;
    private const int Measurements = 2;
    private const int DiskMegabytes = 64;
    private const string Push = "state push";

    // Every fourth `up` is the first one of its user, who has no state folder yet.
    private const int FirstRuns = 4;
    private static readonly TimeSpan LeftLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(2);
    private static readonly string[] Tools = ["wg-quick", "ssh", "terraform", "tfgrid-localgrid", "ansible-playbook"];
    private readonly Lab _lab;
    private readonly SampleApp _app;
    private readonly SmallDisk _disk;
    private readonly HttpBackend? _backend;
    private MachineState _before;

    private CrashDriver(Lab lab, SampleApp app, SmallDisk disk, HttpBackend? backend, MachineState before) =>
        (_lab, _app, _disk, _backend, _before) = (lab, app, disk, backend, before);

    /// <summary>How long an undisturbed <c>up</c> took, and how many lines it wrote into the journal.</summary>
    public (TimeSpan Time, int Lines) Up { get; private set; }

    public (TimeSpan Time, int Lines) Down { get; private set; }

    /// <param name="isShared">Whether the state is in a backend; then of the tools it is <c>terraform state push</c> that
    /// is killed.</param>
    public static async Task<CrashDriver> CreateAsync(bool isShared)
    {
        Lab lab = await Lab.CreateAsync();
        var disk = new SmallDisk(DiskMegabytes);
        lab.Environment["TFGRID_COMPOSE_HOME"] = Path.Combine(disk.Folder, "state");
        HttpBackend? backend = isShared ? new HttpBackend() : null;
        var app = new SampleApp(lab.In("victim"), "victim")
        {
            Packages = "[]",
            More = backend is null ? "" : $"state: {{backend: http, config: {{address: '{backend.Address}'}}}}",
        };
        app.WriteManifest();

        // The first run makes what is made only once (image, provider). Then two are measured; the shorter one counts, so that few runs end
        // before they are killed.
        (await lab.RunAsync("up", app.Folder, "--trust", "--grid", "local")).MustEndWith(0);
        (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(0);
        var driver = new CrashDriver(lab, app, disk, backend, await MachineState.TakeAsync(lab));
        for (int i = 0; i < Measurements; i++)
        {
            driver.Up = Shorter(driver.Up, await driver.MeasureAsync("up"));
            driver.Down = Shorter(driver.Down, await driver.MeasureAsync("down"));
        }

        return driver;
    }

    public async Task<CrashRow> RunAsync(CrashCase @case)
    {
        (TimeSpan after, string phase, string? what) = await DisturbAsync(@case);
        var recovery = new CrashRecovery(_lab, _app);
        var watch = Stopwatch.StartNew();
        await recovery.RunAsync(@case.Recovery);
        double seconds = watch.Elapsed.TotalSeconds;
        string[] left = [.. (await MachineState.LeftSinceAsync(_before, _lab, LeftLimit)).Select(item => $"left: {item}")];

        // After the last line of the journal a run may be over at once.
        bool isLast = @case.Instant.JournalLine == (@case.Instant.Verb == "up" ? Up : Down).Lines;
        string[] early = what is null && !isLast ? ["it ended before anything happened"] : [];
        string[] problems = [.. early, .. recovery.Problems, .. left];
        if (problems.Length > 0)
        {
            await CleanAsync();
        }

        return new CrashRow(@case, after, what ?? "nothing", phase, recovery.Calls, seconds, problems);
    }

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _disk.Dispose();
        _backend?.Dispose();
    }

    private static (TimeSpan Time, int Lines) Shorter((TimeSpan Time, int Lines) one, (TimeSpan Time, int Lines) other) =>
        one.Lines > 0 && one.Time < other.Time ? one : other;

    private string[] ArgumentsOf(string verb) =>
        verb == "up" ? ["up", _app.Folder, "--trust", "--grid", "local"] : ["down", _app.Folder, "--yes"];

    private async Task<(TimeSpan Time, int Lines)> MeasureAsync(string verb)
    {
        using RunningProgram program = _lab.Start(ArgumentsOf(verb));
        var journal = new JournalWatch(_lab);
        await journal.UntilAsync(() => program.HasEnded, RunLimit);
        ProgramResult result = (await program.EndAsync()).MustEndWith(0);
        return (result.Elapsed, journal.Added);
    }

    // A run that is faster than usual may end before its instant; then it is tried again with an earlier one.
    private async Task<(TimeSpan After, string Phase, string? What)> DisturbAsync(CrashCase @case)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (@case.Instant.Verb == "down")
            {
                (await _lab.RunAsync(ArgumentsOf("up"))).MustEndWith(0);
            }

            if (@case.Instant.Verb == "up" && @case.Number % FirstRuns == 0)
            {
                Directory.Delete(_lab.ComposeHome, recursive: true);
            }

            (TimeSpan after, string phase, string? what) = await DisturbOnceAsync(@case, Math.Pow(0.93, attempt - 1));
            if (what is not null || attempt == Tries)
            {
                return (after, phase, what);
            }

            if (@case.Instant.Verb == "up")
            {
                (await _lab.RunAsync(ArgumentsOf("down"))).MustEndWith(0);
            }
        }
    }

    private async Task<(TimeSpan After, string Phase, string? What)> DisturbOnceAsync(CrashCase @case, double scale)
    {
        KillInstant instant = @case.Instant;
        var journal = new JournalWatch(_lab);
        var watch = Stopwatch.StartNew();
        using RunningProgram program = _lab.StartWithSignals(ArgumentsOf(instant.Verb));
        TimeSpan? at = instant.Part * scale * (instant.Verb == "up" ? Up : Down).Time;
        await journal.UntilAsync(
            () => program.HasEnded || (at is { } time ? watch.Elapsed >= time : journal.Added >= instant.JournalLine), RunLimit);
        TimeSpan after = watch.Elapsed;
        string? what = program.HasEnded ? null : await DoAsync(@case.Way, program, journal);
        string phase = journal.LastLine;
        int exitCode = (await program.EndAsync()).ExitCode;
        _disk.Free();

        // It survives a full disk if it had nothing more to write, and the death of a tool if it runs that again.
        bool survives = @case.Way is CrashWay.KillTool or CrashWay.FillDisk;
        return (after, phase, exitCode != 0 || survives ? what : null);
    }

    private async Task<string?> DoAsync(CrashWay way, RunningProgram program, JournalWatch journal)
    {
        switch (way)
        {
            case CrashWay.KillWithTools:
                ProcessTree.KillAll(program.Id);
                return "killed with its tools";
            case CrashWay.KillTool:
                ProcessFiles? tool = null;
                await journal.UntilAsync(() => program.HasEnded || (tool = ToolOf(program)) is not null, RunLimit);
                if (tool is null)
                {
                    return null;
                }

                ProcessTree.KillAlone(tool.Id);
                return $"{(_backend is null ? tool.Name : Push)} killed";
            case CrashWay.HangUp:
                ProcessTree.Signal(program.Id, "HUP");
                return "SIGHUP";
            case CrashWay.Terminate:
                ProcessTree.Signal(program.Id, "TERM");
                return "SIGTERM";
            case CrashWay.FillDisk:
                _disk.Fill();
                return "disk full";
            default:
                ProcessTree.KillAlone(program.Id);
                return "killed";
        }
    }

    private ProcessFiles? ToolOf(RunningProgram program) => ProcessTree.WithDescendants(program.Id)
        .Skip(1)
        .Select(id => new ProcessFiles(id))
        .FirstOrDefault(process => _backend is null
            ? process.Name.Length > 0 && Tools.Any(tool => tool.StartsWith(process.Name, StringComparison.Ordinal))
            : process.CommandLine.Contains($" {Push} ", StringComparison.Ordinal));

    // One failure must not cause the next.
    private async Task CleanAsync()
    {
        foreach (Deployment deployment in _lab.Deployments)
        {
            await _lab.RunAsync("down", deployment.Id, "--yes");
        }

        await _lab.RunToolAsync(Product.LocalGrid, "prune");
        _backend?.States.Clear();
        foreach (Deployment deployment in _lab.Deployments)
        {
            Directory.Delete(deployment.Folder, recursive: true);
        }

        _before = await MachineState.TakeAsync(_lab);
    }
}
