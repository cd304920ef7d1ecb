using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>Who holds a deployment's lock.</summary>
public sealed record LockHolder(string User, string Host, int ProcessId, string Command, DateTimeOffset Since)
{
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    /// <summary>Null: nobody says that he holds it.</summary>
    public static LockHolder? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), LockJson.Default.LockHolder) : null;
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            // It goes away, or was never written whole.
            return null;
        }
    }

    /// <summary>What <see cref="Read"/> reads. By hand: every command that writes takes a lock, and the serializer is compiled at every start.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("user", User);
            writer.WriteString("host", Host);
            writer.WriteNumber("process_id", ProcessId);
            writer.WriteString("command", Command);
            writer.WriteString("since", Since);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
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
