using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>
/// One writer per scope and name. The kernel frees the lock when its holder dies, however it dies. Beside it a file says who the holder is; it
/// goes when the lock is let go, so one without a lock tells that its process died.
/// The lock lives outside the deployment's folder, because <c>down</c> removes that while it holds the lock.
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

    /// <summary>The holder before, where it did not come to its end.</summary>
    public LockHolder? DiedBefore { get; }

    /// <summary>Refuses at once where another process holds it.</summary>
    /// <param name="home">The user's state folder.</param>
    /// <param name="scope">The app's folder, or the deployment's id: see <see cref="DeploymentGate"/>.</param>
    /// <param name="name">The deployment's name.</param>
    /// <param name="holder">Who asks.</param>
    public static DeploymentLock Take(TfgridHome home, string scope, string name, LockHolder holder)
    {
        home.Create();
        LockFiles files = LockFiles.Of(home, scope, name);
        return TryTake(files, () => holder) ?? throw Held(name, files, TimeSpan.Zero);
    }

    /// <summary>Waits as long as the terms say.</summary>
    public static async Task<DeploymentLock> TakeAsync(TfgridHome home, string scope, string name, LockTerms terms, CancellationToken cancellation)
    {
        home.Create();
        LockFiles files = LockFiles.Of(home, scope, name);
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
                throw Held(name, files, terms.Timeout);
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

    /// <summary>Keeps writers out for a moment without leaving a name; null: one is at work.</summary>
    internal static IDisposable? TryKeep(TfgridHome home, DeploymentRecord record)
    {
        home.Create();
        return TryOpen(LockFiles.Of(home, record.Id, record.Name));
    }

    /// <summary>Asks the kernel. Whoever takes the lock in this very instant is refused, so only who means to remove one asks.</summary>
    internal static bool IsHeld(LockFiles files)
    {
        using FileStream? stream = TryOpen(files);
        return stream is null;
    }

    /// <summary>Takes away what a holder left that died; false: one that lives holds the lock.</summary>
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
        // Disposed twice, it must not remove the next holder's name.
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

    // A holder that has locked but not yet said who it is has no name.
    private static string Who(LockFiles files) => LockHolder.Read(files.Holder)?.ToString() ?? "another process";

    // One that has just locked says a moment later who it is; until then there is nothing, or the name of one that died.
    private static string Named(LockFiles files)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (LockHolder.Read(files.Holder)?.MayLive() is not true && TimeProvider.System.GetElapsedTime(started) < NameLimit)
        {
            Thread.Sleep(NamePause);
        }

        return Who(files);
    }

    private static DiagnosticException Held(string name, LockFiles files, TimeSpan waited) => new(
        ExitCode.Conflict,
        StateCodes.Locked,
        $"{name} is in use by {Named(files)}{(waited > TimeSpan.Zero ? $"; waited {waited.TotalSeconds:0} s" : "")}.",
        "wait until it has ended, then run the command again; --lock-timeout SECONDS waits by itself");
}
