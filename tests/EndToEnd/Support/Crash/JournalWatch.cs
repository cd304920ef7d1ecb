using System.Text.Json;

namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <summary>Looks from outside at the journal of the only deployment of a lab, about a thousand times a second.</summary>
internal sealed class JournalWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private readonly string _deployments;
    private readonly int _before;
    private string[] _lines = [];
    private long _length;

    public JournalWatch(Lab lab)
    {
        _deployments = Path.Combine(lab.ComposeHome, "deployments");
        Look();
        _before = _lines.Length;
    }

    /// <summary>Lines that were written since the watch began.</summary>
    public int Added => _lines.Length - _before;

    /// <summary>Phase and result of the last line, of both verbs.</summary>
    public string LastLine
    {
        get
        {
            Look();
            if (_lines.Length == 0)
            {
                return "-";
            }

            using var entry = JsonDocument.Parse(_lines[^1][.._lines[^1].LastIndexOf(' ')]);
            string step = entry.RootElement.TryGetProperty("phase", out JsonElement phase)
                ? phase.ToString()
                : entry.RootElement.GetProperty("verb").ToString();
            return $"{step} {entry.RootElement.GetProperty("result")}".ToLowerInvariant();
        }
    }

    public Task UntilAsync(Func<bool> done, TimeSpan limit) => Task.Factory.StartNew(
        () =>
        {
            long started = TimeProvider.System.GetTimestamp();
            while (!done())
            {
                Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(limit), "the run goes on and on");
                Thread.Sleep(Pause);
                Look();
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    // When the deployment is gone, what was seen last stays.
    private void Look()
    {
        try
        {
            string? journal = Directory.Exists(_deployments)
                ? Directory.GetDirectories(_deployments).Select(folder => Path.Combine(folder, "journal")).FirstOrDefault(File.Exists)
                : null;
            if (journal is not null && new FileInfo(journal).Length != _length)
            {
                string text = File.ReadAllText(journal);
                _length = text.Length;
                _lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        }
        catch (IOException)
        {
            // It is being removed at this moment.
        }
    }
}
