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
    private readonly FileStream _stream;

    private DeploymentLock(FileStream stream) => _stream = stream;

    /// <param name="home">The user's state folder.</param>
    /// <param name="scope">The app's folder, or the deployment's id: whoever works on a deployment holds both, for an app's folder may move.</param>
    /// <param name="name">The deployment's name.</param>
    /// <param name="holder">Who asks.</param>
    public static DeploymentLock Take(TfgridHome home, string scope, string name, LockHolder holder)
    {
        home.Create();
        string key = KeyOf(scope, name);
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

    public void Dispose() => _stream.Dispose();

    /// <summary>What the lock's files are called: <c>KEY.lock</c> and <c>KEY.holder</c>.</summary>
    internal static string KeyOf(string scope, string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{name}")))[..16];

    private static DiagnosticException Held(string name, string holderPath)
    {
        string who = "another process";
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllText(holderPath), LineJson.Default.LockHolder) is { } holder)
            {
                who = $"'{holder.Command}' (process {holder.ProcessId} of {holder.User} on {holder.Host}, since {holder.Since:HH:mm:ss} UTC)";
            }
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            // The holder has locked but not yet said who it is; the message does without.
        }

        return new DiagnosticException(
            ExitCode.Conflict, StateCodes.Locked, $"{name} is in use by {who}.", "wait until it has ended, then run the command again");
    }
}
