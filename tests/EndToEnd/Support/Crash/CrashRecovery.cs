namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <summary>What a person would call after a run was killed, and what must come of it.</summary>
internal sealed class CrashRecovery(Lab lab, SampleApp app)
{
    private const string BeingDestroyed = "TFC0710";
    private const string NotFound = "TFC0702";

    // In a shared state: it was destroyed already; a tool of the killed run has just written.
    private const string Destroyed = "TFC0755";
    private const string Changed = "TFC0750";
    private readonly List<string> _calls = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public string Calls => string.Join(", ", _calls);

    public async Task RunAsync(string verb)
    {
        await CallAsync(result => result.ExitCode is 0 or 6 or 9 || (result.ExitCode == 7 && Says(result, NotFound)), "status", app.Folder);
        if (verb == "down")
        {
            // Before there is a record there is nothing to take down.
            await CallAsync(
                result => result.ExitCode == 0 || (result.ExitCode == 7 && Says(result, NotFound)), "down", app.Folder, "--yes");
            return;
        }

        ProgramResult up = await CallAsync(
            result => result.ExitCode == 0
                || (result.ExitCode == 7 && new[] { BeingDestroyed, Destroyed, Changed }.Any(code => Says(result, code))),
            "up",
            app.Folder,
            "--trust",
            "--grid",
            "local");
        if (up.ExitCode == 7)
        {
            // What `up` says to do.
            if (!Says(up, Changed))
            {
                await CallAsync(Succeeds, "down", app.Folder, "--yes");
            }

            up = await CallAsync(Succeeds, "up", app.Folder, "--trust", "--grid", "local");
        }

        if (Succeeds(up))
        {
            await CheckRunningAsync();
        }

        await CallAsync(Succeeds, "down", app.Folder, "--yes");
    }

    private static bool Succeeds(ProgramResult result) => result.ExitCode == 0;

    private static bool Says(ProgramResult result, string code) => result.Errors.Contains(code, StringComparison.Ordinal);

    private async Task CheckRunningAsync()
    {
        try
        {
            string page = await Web.PageAsync(Deployment.Of(app).PrimaryIp);
            Require(page == app.Page, $"the page says {page}");
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or AssertionException or IOException)
        {
            _problems.Add($"the page does not answer: {problem.Message}");
        }

        IReadOnlyList<string> machines = MachineState.Machines();
        Require(machines.Count == 1, $"{machines.Count} machines: {string.Join(' ', machines)}");
    }

    private async Task<ProgramResult> CallAsync(Func<ProgramResult, bool> allowed, params string[] arguments)
    {
        ProgramResult result = await lab.RunAsync(arguments);
        _calls.Add($"{arguments[0]} {result.ExitCode}");
        IEnumerable<string> last = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(6);
        Require(allowed(result), $"{arguments[0]} ended with exit code {result.ExitCode}: {string.Join(" | ", last)}");
        return result;
    }

    private void Require(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
    }
}
