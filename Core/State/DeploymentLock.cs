using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Diagnostics;

namespace TfgridCompose.Core.State;

/// <summary>
/// One writer per app and name. The kernel frees the lock when its holder dies, however it dies, so there are no stale locks.
/// The lock lives outside the deployment's folder, because <c>down</c> removes that while it holds the lock.
/// </summary>
public sealed class DeploymentLock : IDisposable
{
    private static readonly TimeSpan NameLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NamePause = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _stream;

    private DeploymentLock(FileStream stream) => _stream = stream;

    /// <param name="home">The user's state folder.</param>
    /// <param name="scope">The app's folder, or the deployment's id: whoever works on a deployment holds both, for an app's folder may move.</param>
    /// <param name="name">The deployment's name.</param>
    /// <param name="holder">Who asks.</param>
    public static DeploymentLock Take(TfgridHome home, string scope, string name, LockHolder holder)
    {
        home.Create();
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{name}")))[..16];
        string path = Path.Combine(home.Locks, $"{key}.lock");
        string holderPath = Path.Combine(home.Locks, $"{key}.holder");
        FileStream stream;
        try
        {
            stream = PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException)
        {
            throw Held(name, holderPath);
        }

        PrivateFile.Write(holderPath, JsonSerializer.Serialize(holder, LineJson.Default.LockHolder));
        return new DeploymentLock(stream);
    }

    // One that has just locked says a moment later who it is; until then there is nothing, or the name of one that has ended.
    private static LockHolder? HolderOf(string path)
    {
        long started = TimeProvider.System.GetTimestamp();
        LockHolder? holder = ReadHolder(path);
        while (holder is not { IsAlive: true } && TimeProvider.System.GetElapsedTime(started) < NameLimit)
        {
            Thread.Sleep(NamePause);
            holder = ReadHolder(path);
        }

        return holder;
    }

    private static LockHolder? ReadHolder(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), LineJson.Default.LockHolder);
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();

    private static DiagnosticException Held(string name, string holderPath)
    {
        string who = HolderOf(holderPath) is { } holder
            ? $"'{holder.Command}' (process {holder.ProcessId} of {holder.User} on {holder.Host}, since {holder.Since:HH:mm:ss} UTC)"
            : "another process";

        return new DiagnosticException(
            ExitCode.Conflict, StateCodes.Locked, $"{name} is in use by {who}.", "wait until it has ended, then run the command again");
    }
}
