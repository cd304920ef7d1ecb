using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>
/// One writer per scope and name. The kernel releases the lock whenever its holder ends. A file beside it names the
/// holder; it is removed when the lock is released, so a leftover file means that its process was killed. The lock is
/// outside the deployment's folder, because <c>down</c> removes that folder while it holds the lock.
/// </summary>
public sealed class DeploymentLock : IDisposable
{
    private static readonly TimeSpan NameLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NamePause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly FileStream _stream;
    private readonly LockFiles _files;

    private DeploymentLock(FileStream stream, LockFiles files, LockHolder? diedBefore)
    {
        _stream = stream;
        _files = files;
        DiedBefore = diedBefore;
    }

    /// <summary>The previous holder, if it was killed.</summary>
    public LockHolder? DiedBefore { get; }

    /// <summary>Fails at once if another process holds the lock.</summary>
    /// <param name="home">The user's state folder.</param>
    /// <param name="scope">The app's folder, or the deployment's id: see <see cref="DeploymentGate"/>.</param>
    /// <param name="name">The deployment's name.</param>
    /// <param name="holder">Who takes the lock.</param>
    public static DeploymentLock Take(TfgridHome home, string scope, string name, LockHolder holder)
    {
        home.Create();
        var files = LockFiles.Of(home, scope, name);
        return TryTake(files, () => holder) ?? throw Held(name, Who(files), TimeSpan.Zero);
    }

    /// <summary>Waits for the lock as long as the terms allow.</summary>
    public static async Task<DeploymentLock> TakeAsync(
        TfgridHome home, string scope, string name, LockTerms terms, CancellationToken cancellation)
    {
        home.Create();
        var files = LockFiles.Of(home, scope, name);
        long started = terms.Clock.GetTimestamp();
        string said = "";
        while (true)
        {
            if (TryTake(files, terms.Holder) is { } taken)
            {
                return taken;
            }

            TimeSpan left = terms.Timeout - terms.Clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw Held(name, await NamedAsync(files, cancellation), terms.Timeout);
            }

            string who = Who(files);
            if (who != said)
            {
                terms.Say($"waiting up to {Math.Ceiling(left.TotalSeconds)} s: {name} is in use by {who}");
                said = who;
            }

            await Task.Delay(left < Pause ? left : Pause, terms.Clock, cancellation);
        }
    }

    /// <summary>Keeps writers out briefly without naming a holder; null if a writer is at work.</summary>
    internal static IDisposable? TryKeep(TfgridHome home, DeploymentRecord record)
    {
        home.Create();
        return TryOpen(LockFiles.Of(home, record.Id, record.Name));
    }

    /// <summary>
    /// Tests the lock by taking it for an instant. Another process that tries at that moment fails, so this is only
    /// used before removing a lock.
    /// </summary>
    internal static bool IsHeld(LockFiles files)
    {
        using FileStream? stream = TryOpen(files);
        return stream is null;
    }

    /// <summary>Removes the file of a holder that was killed; false if a running process holds the lock.</summary>
    internal static bool TryClear(LockFiles files)
    {
        if (TryOpen(files) is not { } stream)
        {
            return false;
        }

        using (stream)
        {
            File.Delete(files.Holder);
        }

        return true;
    }

    public void Dispose()
    {
        // A second Dispose must not remove the next holder's file.
        if (_stream.CanRead)
        {
            File.Delete(_files.Holder);
        }

        _stream.Dispose();
    }

    private static DeploymentLock? TryTake(LockFiles files, Func<LockHolder> holder)
    {
        if (TryOpen(files) is not { } stream)
        {
            return null;
        }

        try
        {
            var before = LockHolder.Read(files.Holder);
            PrivateFile.Write(files.Holder, holder().ToJson());
            return new DeploymentLock(stream, files, before);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileStream? TryOpen(LockFiles files)
    {
        try
        {
            return PrivateFile.Open(files.Lock, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException problem) when (FileGate.IsHeld(problem))
        {
            return null;
        }
    }

    // A process that has just taken the lock may not have written its name yet.
    private static string Who(LockFiles files) => LockHolder.Read(files.Holder)?.ToString() ?? "another process";

    // A process that has just taken the lock writes its name a moment later. Until then there is no name, or that of a
    // killed process.
    private static async Task<string> NamedAsync(LockFiles files, CancellationToken cancellation)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (LockHolder.Read(files.Holder)?.MayLive() is not true
            && TimeProvider.System.GetElapsedTime(started) < NameLimit)
        {
            await Task.Delay(NamePause, TimeProvider.System, cancellation);
        }

        return Who(files);
    }

    private static DiagnosticException Held(string name, string holder, TimeSpan waited) => new(
        ExitCode.Conflict,
        StateCodes.Locked,
        $"{name} is in use by {holder}{(waited > TimeSpan.Zero ? $"; waited {waited.TotalSeconds:0} s" : "")}.",
        "wait until it has ended and run the command again, or let it wait: --lock-timeout SECONDS");
}
