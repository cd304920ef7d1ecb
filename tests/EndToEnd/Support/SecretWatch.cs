using System.IO.Compression;
using System.Text;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// Looks for a secret, again and again while a program runs: in the arguments and environment of every process, and in Terraform's plan
/// files, unzipped. What it saw at all is counted, so that a test can tell "not there" from "not looked".
/// </summary>
internal sealed class SecretWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _findings = [];
    private readonly HashSet<string> _programs = [];
    private readonly string _folder;
    private readonly string[] _secrets;
    private readonly string _owner;
    private readonly Task _work;

    /// <param name="folder">Plan files are looked for below it.</param>
    /// <param name="secrets">What must be nowhere.</param>
    /// <param name="owner">The program that the secret was handed to in its environment.</param>
    public SecretWatch(string folder, string[] secrets, string owner)
    {
        (_folder, _secrets, _owner) = (folder, secrets, owner);
        _work = Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public IReadOnlyCollection<string> Findings => _findings;

    /// <summary>Names of the programs whose environment was read.</summary>
    public IReadOnlyCollection<string> Programs => _programs;

    public int PlansOpened { get; private set; }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private void Watch()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (ProcessFiles process in ProcessFiles.All())
            {
                Look(process);
            }

            foreach (string plan in Directory.Exists(_folder) ? Directory.GetFiles(_folder, "tfplan", SearchOption.AllDirectories) : [])
            {
                LookInto(plan);
            }

            Thread.Sleep(Pause);
        }
    }

    private void Look(ProcessFiles process)
    {
        string commandLine = process.CommandLine;
        string environment = process.Environment;
        if (environment.Contains(_folder, StringComparison.Ordinal))
        {
            _programs.Add(Path.GetFileName(commandLine.Split(' ')[0]));
        }

        _findings.UnionWith(_secrets.Where(secret => commandLine.Contains(secret, StringComparison.Ordinal)).Select(_ => $"argument of {commandLine}"));

        // A child that has not yet begun its own program still shows its parent's.
        if (!commandLine.StartsWith(_owner, StringComparison.Ordinal) && commandLine.Length > 0 && process.CommandLine == commandLine)
        {
            _findings.UnionWith(_secrets.Where(secret => environment.Contains(secret, StringComparison.Ordinal)).Select(_ => $"environment of {commandLine}"));
        }
    }

    private void LookInto(string plan)
    {
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(plan);
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
                string text = reader.ReadToEnd();
                _findings.UnionWith(_secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Select(_ => $"plan {entry.FullName}"));
            }

            PlansOpened++;
        }
        catch (Exception unfinished) when (unfinished is IOException or InvalidDataException)
        {
            // Still being written, or deleted already; the next look may see it whole.
        }
    }
}
