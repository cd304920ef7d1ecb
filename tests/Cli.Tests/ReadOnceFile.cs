using System.Diagnostics;

namespace TfgridCompose.Cli.Tests;

/// <summary>A file that gives its text to one reader: a pipe. Whoever opens it a second time waits until the test ends.</summary>
internal sealed class ReadOnceFile : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly string _path;
    private readonly Task _given;

    public ReadOnceFile(string path, string text)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        using (var make = Process.Start("mkfifo", [path]))
        {
            make.WaitForExit(Limit);
            Assert.That(make.ExitCode, Is.Zero, $"mkfifo {path}");
        }

        _given = Task.Factory.StartNew(() => Give(text), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public bool WasRead => _given.IsCompletedSuccessfully;

    public void Dispose()
    {
        // Neither end waits for the other one here: what waits at the pipe goes on.
        using (new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            _given.Wait(Limit);
        }

        File.Delete(_path);
    }

    private void Give(string text)
    {
        // Shared: the reader locks it.
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }
}
