using System.Globalization;
using System.Net;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>
/// The lock of a shared state that a killed Terraform left. The backend keeps it for ever, and Terraform would wait for it in
/// vain. While a Terraform that takes the lock runs in a folder, a marker file exists there. It is removed if that Terraform
/// ends by itself, because then the lock is free.
/// </summary>
/// <param name="folder">Where Terraform runs.</param>
internal sealed class LeftLock(string folder)
{
    internal const string NoWait = "0s";
    private const string FileName = "tfgrid-compose-locking";
    private const int MostTimes = 5;

    // Terraform records the time of the lock in whole seconds.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    // Terraform waits a minute for the lock, and its plugins may have to start first.
    private static readonly TimeSpan LockedWithin = TimeSpan.FromMinutes(3);

    private string Marker => Path.Combine(folder, ".terraform", FileName);

    /// <summary>Whether a Terraform runs on this computer, in any folder.</summary>
    internal Func<bool> IsTerraformRunning { get; init; } = RunningTerraform.IsAny;

    /// <summary>Runs a Terraform that takes the lock, and removes a lock that a killed one left.</summary>
    /// <param name="wait">How long to wait for the lock, as Terraform's argument.</param>
    /// <param name="run">Runs it with such an argument.</param>
    /// <param name="heldIn">The lock in the way, if the result says that there is one.</param>
    /// <param name="release">Removes the lock with exactly that id.</param>
    public async Task<ToolResult> RunAsync(
        string wait,
        Func<string, Task<ToolResult>> run,
        Func<ToolResult, LockInfo?> heldIn,
        Func<LockInfo, Task> release)
    {
        if (!BackendFile.IsIn(folder))
        {
            return await run(wait);
        }

        if (MayBeLeft)
        {
            ToolResult first = await MarkedAsync(NoWait, run, heldIn);
            if (heldIn(first) is not { } held)
            {
                return first;
            }

            if (IsOf(held))
            {
                await release(held);
            }
            else if (held.IsUnknown || IsHere(held.Host))
            {
                // Most likely the killed Terraform's lock: waiting would not help, and nothing proves that it may be removed.
                return first;
            }
        }

        return await MarkedAsync(wait, run, heldIn);
    }

    /// <summary>
    /// Whether a lock certainly belongs to a killed Terraform: one was killed in this folder on this computer, the lock was
    /// taken on a computer of this name while that one could take it, and no Terraform runs here now.
    /// </summary>
    public bool IsOf(LockInfo held) =>
        MayBeLeft
            && IsHere(held.Host)
            && held.Since is { } taken
            && Begun.Any(begun => taken >= begun - ClockSlack && taken <= begun + LockedWithin);

    private bool MayBeLeft => Begun.Count > 0 && !IsTerraformRunning();

    // The processes of another container are not visible here, although its machine id may be the same.
    private static string Place
    {
        get
        {
            const string Namespace = "/proc/self/ns/pid";
            return $"{MachineIdentity.Here} {(File.Exists(Namespace) ? new FileInfo(Namespace).LinkTarget : "")}";
        }
    }

    // When killed Terraforms were started; empty if there were none, or if they may have run elsewhere.
    private IReadOnlyList<DateTimeOffset> Begun
    {
        get
        {
            string[] lines = File.Exists(Marker) ? PlainFile.ReadLines(Marker) : [];
            return lines is [var place, var host, .. var times] && place == Place && IsHere(host)
                ? [.. times.Select(TimeOf).OfType<DateTimeOffset>()]
                : [];
        }
    }

    private static DateTimeOffset? TimeOf(string line) => DateTimeOffset.TryParseExact(
        line, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
        ? time
        : null;

    private static bool IsHere(string host) => host == Dns.GetHostName();

    private async Task<ToolResult> MarkedAsync(
        string wait, Func<string, Task<ToolResult>> run, Func<ToolResult, LockInfo?> heldIn)
    {
        IReadOnlyList<DateTimeOffset> left = Begun;
        bool wasLeft = left.Count > 0;
        Write([.. left.TakeLast(MostTimes - 1), DateTimeOffset.UtcNow]);
        ToolResult result = await run(wait);
        if (result.EndedByItself && !(wasLeft && heldIn(result) is not null))
        {
            File.Delete(Marker);
        }
        else if (result.EndedByItself)
        {
            // This Terraform never held the lock.
            Write(left);
        }

        return result;
    }

    private void Write(IEnumerable<DateTimeOffset> times)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(Marker) ?? folder);
        IEnumerable<string> lines = times.Select(time => time.ToString("O", CultureInfo.InvariantCulture));
        PrivateFile.Write(Marker, string.Join('\n', [Place, Dns.GetHostName(), .. lines, ""]));
    }
}
