using System.Text.Json;
using TfgridCompose.MutantHost;

namespace TfgridCompose.Mutants.Runs;

/// <summary>The events of a test process that may still be writing.</summary>
internal sealed class EventFile(string path)
{
    private readonly List<TestEvent> _events = [];
    private long _read;

    public IReadOnlyList<TestEvent> All => _events;

    /// <summary>True where there is something new. A line without its end is left for the next time.</summary>
    public bool Read()
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _read;
        using var reader = new StreamReader(file);
        string text = reader.ReadToEnd();
        string whole = text[..(text.LastIndexOf('\n') + 1)];
        _read += System.Text.Encoding.UTF8.GetByteCount(whole);
        foreach (string line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _events.Add(JsonSerializer.Deserialize<TestEvent>(line) ?? throw new MutantsException($"{path} holds no event: {line}"));
        }

        return whole.Length > 0;
    }
}
