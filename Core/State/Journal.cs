using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Phases;

namespace TfgridCompose.Core.State;

/// <summary>
/// The append-only history of a deployment. Each line is JSON, a blank and a checksum, and is on the disk before the next step begins.
/// A torn last line (power loss) is dropped when reading and cut off before the next append.
/// </summary>
public sealed class Journal(string path)
{
    private const int ChecksumLength = 16;

    public IReadOnlyList<JournalEntry> Read() => File.Exists(path) ? [.. Parse(File.ReadAllText(path)).Entries] : [];

    public void Append(JournalEntry entry)
    {
        string json = JsonSerializer.Serialize(entry, LineJson.Default.JournalEntry);
        using FileStream stream = PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.Read);
        stream.SetLength(SoundLength(stream));
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.UTF8.GetBytes($"{json} {Checksum(json)}\n"));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The fingerprint with which a phase was last done, or null when its last result is another.</summary>
    public static string? DoneInputs(IReadOnlyList<JournalEntry> entries, PhaseId phase)
    {
        JournalEntry? last = entries.LastOrDefault(entry => entry.Phase == phase);
        return last is { Result: JournalResult.Done } ? last.Inputs : null;
    }

    private static long SoundLength(FileStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        return Parse(reader.ReadToEnd()).SoundBytes;
    }

    private static (List<JournalEntry> Entries, long SoundBytes) Parse(string text)
    {
        var entries = new List<JournalEntry>();
        long sound = 0;
        foreach (string line in text.Split('\n')[..^1])
        {
            if (ParseLine(line) is not { } entry)
            {
                break;
            }

            entries.Add(entry);
            sound += Encoding.UTF8.GetByteCount(line) + 1;
        }

        return (entries, sound);
    }

    private static JournalEntry? ParseLine(string line)
    {
        if (line.Length <= ChecksumLength + 1)
        {
            return null;
        }

        string json = line[..^(ChecksumLength + 1)];
        return Checksum(json) == line[^ChecksumLength..] ? JsonSerializer.Deserialize(json, LineJson.Default.JournalEntry) : null;
    }

    private static string Checksum(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..ChecksumLength];
}
