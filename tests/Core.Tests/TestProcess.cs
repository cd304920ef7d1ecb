using System.Diagnostics;

namespace TfgridCompose.Core.Tests;

/// <summary>A task of <see cref="Program"/> in a process of its own; killed at the end where it still runs.</summary>
internal sealed class TestProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private readonly Process _process;

    private TestProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts it and waits until it has said a line.</summary>
    public static TestProcess Start(params string[] task)
    {
        TestProcess started = Begin(task);
        started.AwaitLine();
        return started;
    }

    public static TestProcess Begin(params string[] task)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(TestProcess).Assembly.Location, .. task])
        { RedirectStandardOutput = true, RedirectStandardInput = true };
        return new TestProcess(Process.Start(start)!);
    }

    public void AwaitLine() => Assert.That(_process.StandardOutput.ReadLineAsync().WaitAsync(Limit).GetAwaiter().GetResult(), Is.Not.Null);

    /// <summary>Lets it end by itself.</summary>
    public int End()
    {
        _process.StandardInput.Close();
        Assert.That(_process.WaitForExit(Limit), "it did not end");
        return _process.ExitCode;
    }

    /// <summary>As by kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit(Limit);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
