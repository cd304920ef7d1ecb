using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>Reads and writes the whole Terraform state of a folder through its backend.</summary>
public sealed class StateStore(
    string folder, TerraformTool tool, IReadOnlyDictionary<string, string?> environment, IToolRunner runner)
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    // How long a push waits for Terraform's lock, as Terraform's argument.
    private const string LockWait = "60s";

    public string Folder { get; } = folder;

    /// <summary>How long one call may take.</summary>
    public TimeSpan Limit { get; init; } = DefaultLimit;

    /// <summary>Tells the user that a lock was taken over.</summary>
    public Action<string> Say { get; init; } = _ => { };

    internal Func<bool> IsTerraformRunning { get; init; } = RunningTerraform.IsAny;

    private string Stamp => Path.Combine(Folder, ".terraform", "tfgrid-compose-backend");

    /// <summary>
    /// Initializes the folder's backend unless that is done already. For folders that contain only the backend.
    /// </summary>
    public async Task InitAsync(CancellationToken cancellation)
    {
        string backend = PlainFile.ReadText(Path.Combine(Folder, BackendFile.Name));
        if (File.Exists(Stamp) && PlainFile.ReadText(Stamp) == backend)
        {
            return;
        }

        Require(await RunAsync(["init", "-input=false", "-no-color", "-reconfigure"], null, cancellation), "init");
        PrivateFile.Write(Stamp, backend);
    }

    public async Task<string> PullAsync(CancellationToken cancellation)
    {
        ToolResult result = await RunAsync(["state", "pull"], null, cancellation);
        Require(result, "state pull");
        return result.Output;
    }

    public async Task<StateText> PullStateAsync(CancellationToken cancellation) => Read(await PullAsync(cancellation));

    /// <summary>Parses what <see cref="PullAsync"/> returned. Anything that is not a state is an error.</summary>
    public StateText Read(string text)
    {
        try
        {
            return StateText.OfPull(text);
        }
        catch (JsonException problem)
        {
            throw Failed($"{tool.Name} state pull gave no state for {Folder}: {problem.Message}");
        }
    }

    /// <summary>
    /// Writes through standard input, so that the state is in no file. Terraform refuses if the existing state is newer or
    /// has another lineage.
    /// </summary>
    public Task<ToolResult> TryPushAsync(string state, bool force, CancellationToken cancellation) =>
        new LeftLock(Folder) { IsTerraformRunning = IsTerraformRunning }.RunAsync(
            LockWait,
            wait => PushOnceAsync(state, force, wait, cancellation),
            LockIn,
            held => TakeOverAsync(held, cancellation));

    /// <summary>
    /// Who holds Terraform's lock, or null. To find out, it asks for the lock by writing the same state again, which changes
    /// nothing.
    /// </summary>
    /// <param name="state">The state as it is.</param>
    /// <param name="cancellation">Stops the work before the next tool.</param>
    public async Task<LockInfo?> LockAsync(string state, CancellationToken cancellation) =>
        LockIn(await PushOnceAsync(state, force: false, LeftLock.NoWait, cancellation));

    /// <summary>Removes the lock of a killed Terraform.</summary>
    internal async Task TakeOverAsync(LockInfo held, CancellationToken cancellation)
    {
        await ForceUnlockAsync(held.Id, cancellation);
        Say($"removed Terraform's lock of {held.Holder}, which was killed");
    }

    private Task<ToolResult> PushOnceAsync(string state, bool force, string wait, CancellationToken cancellation) =>
        RunAsync(
            ["state", "push", "-no-color", $"-lock-timeout={wait}", .. force ? ["-force"] : Array.Empty<string>(), "-"],
            async (input, stop) =>
            {
                await using var writer = new StreamWriter(input);
                await writer.WriteAsync(state.AsMemory(), stop);
            },
            cancellation);

    internal static LockInfo? LockIn(ToolResult result) =>
        result.Succeeded ? null : LockInfo.In(string.Join('\n', result.LastErrorLines));

    public async Task PushAsync(string state, bool force, CancellationToken cancellation) =>
        Require(await TryPushAsync(state, force, cancellation), "state push");

    /// <summary>Removes Terraform's lock, no matter who holds it.</summary>
    public async Task ForceUnlockAsync(string lockId, CancellationToken cancellation) =>
        Require(await RunAsync(["force-unlock", "-force", "-no-color", lockId], null, cancellation), "force-unlock");

    public void Require(ToolResult result, string verb)
    {
        if (result.Succeeded)
        {
            return;
        }

        string reason =
            result.TimedOut ? $"it did not answer within {Limit.TotalSeconds:F0} s" : result.Tail(lines: 20);
        if (LockIn(result) is { } held)
        {
            throw LockProblem.Of(held, Path.GetFileName(Path.GetDirectoryName(Folder) ?? Folder));
        }

        throw Failed($"{tool.Name} {verb} {result.Ending} for the state of {Folder}:\n{reason}");
    }

    private DiagnosticException Failed(string what) => new(
        ExitCode.Infrastructure,
        SharedStateCodes.BackendFailed,
        what,
        BackendFile.IsIn(Folder)
            ? "check that this machine can reach the backend and that its credentials are in the environment "
                + "(docs/shared-state.md), then run the command again"
            : "`tfgrid-compose state list` shows the backups, and `state restore N` restores one");

    private Task<ToolResult> RunAsync(
        IReadOnlyList<string> arguments,
        Func<Stream, CancellationToken, Task>? input,
        CancellationToken cancellation) => runner.RunAsync(
        tool.Command(arguments, environment) with
        {
            WorkingDirectory = Folder,
            TimeLimit = Limit,
            Input = input,
        }, cancellation);
}
