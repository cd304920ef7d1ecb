using System.IO.Compression;
using System.Text;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// Looks for a secret, again and again while a program runs: in the arguments and environment of every process, and in Terraform's plan
/// files, unzipped. It also counts what it has looked at, so that a test can tell "not there" from "not looked".
/// </summary>
internal sealed class SecretWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _findings = [];
    private readonly HashSet<string> _programs = [];
    private readonly string _home;
    private readonly string[] _ofArguments;
    private readonly string _ofEnvironments;
    private readonly string _owner;
    private readonly Task _work;

    /// <param name="home">Plan files are looked for below it; a process that has it in its environment is one of the test's own.</param>
    /// <param name="mnemonic">What must be nowhere.</param>
    /// <param name="value">Must be in no arguments and no plan; the environment of the app's hooks may hold it.</param>
    /// <param name="owner">The program that the mnemonic was handed to in its environment.</param>
    public SecretWatch(string home, string mnemonic, string value, string owner)
    {
        (_home, _ofArguments, _ofEnvironments, _owner) = (home, [mnemonic, value], mnemonic, owner);
        _work = Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public IReadOnlyCollection<string> Findings => _findings;

    /// <summary>First words of the command lines whose environment was read.</summary>
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

            foreach (string plan in Plans())
            {
                LookInto(plan);
            }

            Thread.Sleep(Pause);
        }
    }

    private string[] Plans()
    {
        string deployments = Path.Combine(_home, ".tfgrid-compose", "deployments");
        return Directory.Exists(deployments)
            ? [.. Directory.GetDirectories(deployments).Select(folder => Path.Combine(folder, "terraform", "tfplan")).Where(File.Exists)]
            : [];
    }

    private void Look(ProcessFiles process)
    {
        string commandLine = process.CommandLine;
        string environment = process.Environment;
        if (environment.Contains(_home, StringComparison.Ordinal))
        {
            _programs.UnionWith(commandLine.Split(' ').Take(2).Select(word => Path.GetFileName(word)));
        }

        if (_ofArguments.Any(secret => commandLine.Contains(secret, StringComparison.Ordinal)))
        {
            _findings.Add($"argument of {commandLine}");
        }

        // A child that has not yet begun its own program still shows its parent's, so it is asked twice.
        if (environment.Contains(_ofEnvironments, StringComparison.Ordinal) && commandLine.Length > 0
            && !commandLine.StartsWith(_owner, StringComparison.Ordinal)
            && process.Environment.Contains(_ofEnvironments, StringComparison.Ordinal))
        {
            _findings.Add($"environment of {commandLine}");
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
                _findings.UnionWith(
                    _ofArguments.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Select(_ => $"plan {entry.FullName}"));
            }

            PlansOpened++;
        }
        catch (Exception unfinished) when (unfinished is IOException or InvalidDataException)
        {
            // Half written or already deleted; the next look may see all of it.
        }
    }
}
