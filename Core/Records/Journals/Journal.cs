using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Journals;

/// <summary>
/// The append-only history of a deployment. Each line is JSON, a space and a checksum, and is flushed to disk before the next
/// step begins. A partial last line (power loss) is ignored when reading and cut off before the next append; a damaged line
/// does not affect the others.
/// </summary>
public sealed class Journal(string path)
{
    private const int ChecksumLength = 16;
    private const int TailBlock = 4096;

    /// <summary>Throws TFC0705 if a newer version wrote one of the lines.</summary>
    public IReadOnlyList<JournalEntry> Read() =>
        File.Exists(path) ? [.. PlainFile.ReadText(path).Split('\n')[..^1].Select(ParseLine).OfType<JournalEntry>()] : [];

    public void Append(JournalEntry entry)
    {
        string json = JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry);
        bool isNew = !File.Exists(path);
        using FileStream stream = PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.Read);
        stream.SetLength(ValidLength(stream));
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.UTF8.GetBytes($"{json} {Checksum(json)}\n"));
        stream.Flush(flushToDisk: true);
        if (isNew)
        {
            FolderSync.Around(Path.GetFullPath(path));
        }
    }

    /// <summary>The last valid lines with their checksums, for another machine's copy.</summary>
    public IReadOnlyList<string> LastLines(int count) => [.. ValidLines().TakeLast(count)];

    /// <summary>Adds lines of another machine that are missing here, ordered by time.</summary>
    public void Merge(IReadOnlyList<string> lines)
    {
        string[] own = [.. ValidLines()];
        string[] added = [.. lines.Except(own, StringComparer.Ordinal).Where(line => ParseLine(line) is not null)];
        if (added.Length > 0)
        {
            IEnumerable<string> all = own.Concat(added).OrderBy(line => ParseLine(line)?.At);
            PrivateFile.Write(path, string.Concat(all.Select(line => $"{line}\n")));
        }
    }

    private string[] ValidLines() =>
        File.Exists(path)
            ? [.. PlainFile.ReadText(path).Split('\n')[..^1].Where(line => ParseLine(line) is not null)]
            : [];

    // Up to the end of the last complete line, searched from the end of the file: the rest was being written at a power
    // loss.
    private static long ValidLength(FileStream stream)
    {
        byte[] block = new byte[TailBlock];
        long end = stream.Length;
        while (end > 0)
        {
            long start = Math.Max(0, end - TailBlock);
            stream.Seek(start, SeekOrigin.Begin);
            Span<byte> tail = block.AsSpan(0, (int)(end - start));
            stream.ReadExactly(tail);
            int last = tail.LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                return start + last + 1;
            }

            end = start;
        }

        return 0;
    }

    private JournalEntry? ParseLine(string line)
    {
        if (line.Length <= ChecksumLength + 1)
        {
            return null;
        }

        string json = line[..^(ChecksumLength + 1)];
        return Checksum(json) == line[^ChecksumLength..] ? Entry(json) : null;
    }

    // The checksum shows that the line is complete, so a line that this version cannot read is from a newer version.
    private JournalEntry? Entry(string json)
    {
        var mark = SchemaMark.Of(json);
        return mark.Schema > JournalEntry.CurrentSchema
            ? throw mark.Newer($"A line of {path}", JournalEntry.CurrentSchema)
            : JournalLineReader.Read(json);
    }

    private static string Checksum(string json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..ChecksumLength];
}
