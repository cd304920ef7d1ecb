using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>A real process. It is killed with its children when its limit is over.</summary>
internal sealed class RunningProgram : IDisposable
{
    // Against a hang only: on a slow machine, beside other tests, an `up` may take minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private readonly Process _process;
    private readonly string _commandLine;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly StringBuilder _errors = new();
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    public RunningProgram(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "/",
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        _commandLine = string.Join(' ', start.ArgumentList.Prepend(program));
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, _output), ReadAsync(_process.StandardError, _errors));
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    private string Errors => TextOf(_errors);

    private string Output => TextOf(_output);

    public async Task<ProgramResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _reading.WaitAsync(limit.Token);
            return new ProgramResult(_commandLine, _process.ExitCode, Output, Errors, _watch.Elapsed);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new AssertionException($"{_commandLine} did not end within {Limit.TotalSeconds:F0} s:\n{Errors}");
        }
    }

    /// <summary>Waits until stdout has said a text.</summary>
    public Task PrintsAsync(string text) => HasAsync(() => Output, text);

    /// <summary>Waits until stderr has said a text.</summary>
    public Task SaysAsync(string text) => HasAsync(() => Errors, text);

    /// <summary>
    /// Sends a signal to it alone, or to its whole process group, as Ctrl-C in a terminal does. It has a group of its own only if setsid
    /// started it.
    /// </summary>
    public void Signal(string signal, bool group = false)
    {
        string target = string.Create(CultureInfo.InvariantCulture, $"{(group ? "-" : "")}{Id}");
        using var kill = Process.Start("kill", ["-s", signal, "--", target]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!HasEnded)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private Task HasAsync(Func<string> said, string text) => Eventually.HoldsAsync(
        () =>
            said().Contains(text, StringComparison.Ordinal)
                ? null
                : HasEnded ? throw new AssertionException($"ended without saying '{text}':\n{Output}\n{Errors}") : said(),
        $"{_commandLine} says '{text}'",
        Limit);

    private static string TextOf(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static async Task ReadAsync(StreamReader stream, StringBuilder text)
    {
        char[] buffer = new char[4096];
        while (await stream.ReadAsync(buffer) is > 0 and int count)
        {
            lock (text)
            {
                text.Append(buffer, 0, count);
            }
        }
    }
}
