using System.Diagnostics;
using System.Text.Json;

namespace TfgridCompose.Core.State;

/// <summary>Who holds a deployment's lock.</summary>
public sealed record LockHolder(string User, string Host, int ProcessId, string Command, DateTimeOffset Since)
{
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    /// <summary>Null: nobody says that he holds it.</summary>
    public static LockHolder? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), LineJson.Default.LockHolder) : null;
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            // It goes away, or was never written whole.
            return null;
        }
    }

    /// <summary>
    /// Whether its process is there, without touching the lock. False is certain; of another machine nothing is known, and another process
    /// with its number is one that began later.
    /// </summary>
    public bool MayLive()
    {
        if (Host != Environment.MachineName)
        {
            return true;
        }

        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.StartTime.ToUniversalTime() <= Since.UtcDateTime + ClockSlack;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public override string ToString() => $"'{Command}' (process {ProcessId} of {User} on {Host}, since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)";
}
