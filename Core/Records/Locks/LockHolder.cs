using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>Who holds a deployment's lock.</summary>
public sealed record LockHolder(string User, string Host, int ProcessId, string Command, DateTimeOffset Since)
{
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    // Terraform may take this long.
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(2);

    /// <summary>Null if no holder is named.</summary>
    public static LockHolder? Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(PlainFile.ReadText(path), LockJson.Default.LockHolder)
                : null;
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            // The file is being removed, or was never completely written.
            return null;
        }
    }

    /// <summary>
    /// The JSON for <see cref="Read"/>. Written by hand, because every command that changes something takes a lock, and
    /// compiling the serializer would slow its start.
    /// </summary>
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

    /// <summary>Whether it is on another machine and has worked for so long that it has most likely died there.</summary>
    public bool MayHaveDied(DateTimeOffset now) => Host != Environment.MachineName && now - Since > LongestRun;

    /// <summary>
    /// Whether its process may still run, without touching the lock. False is certain. A process on another machine may
    /// always run; a process that reuses the id is recognized by its later start.
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
        catch (Exception gone) when (gone is ArgumentException
            or InvalidOperationException
            or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public override string ToString() =>
        $"'{Command}' (process {ProcessId} of {User} on {Host}, since {TimeText.Of(Since)})";
}
