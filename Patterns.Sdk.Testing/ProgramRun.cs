using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TfgridCompose.Patterns.Sdk.Testing;

/// <summary>The result of one run of <c>tfgrid-compose patterns test</c>.</summary>
internal sealed class ProgramRun
{
    // A run that is told to end takes down what it deployed first.
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(10);

    // A process that it left behind may keep its output open.
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(5);
    private readonly CheckVerdict? _all;
    private readonly JsonElement[] _checks = [];

    private ProgramRun(CheckVerdict all) => _all = all;

    private ProgramRun(JsonElement report, string progress)
    {
        _checks = [.. report.GetProperty("checks").EnumerateArray()];
        Progress = progress;
    }

    public static ProgramRun NotInstalled { get; } = new(new CheckVerdict(
        CheckOutcome.NotRun,
        "tfgrid-compose is not installed; run `dotnet tool install --global TfgridCompose.Cli`, or set TFGRID_COMPOSE to its path"));

    /// <summary>Its standard error.</summary>
    public string Progress { get; } = "";

    public static async Task<ProgramRun> OfAsync(string program, IReadOnlyList<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start) ?? throw new Win32Exception("it did not start");
            process.StandardInput.Close();
            StringBuilder output = new();
            StringBuilder errors = new();
            var all = Task.WhenAll(
                TakeAsync(process.StandardOutput, output), TakeAsync(process.StandardError, errors));
            bool ended = await EndsAsync(process, limit).ConfigureAwait(false);
            await Task.WhenAny(all, Task.Delay(OutputLimit)).ConfigureAwait(false);
            return Read(ended, limit, process.ExitCode, Text(output), Text(errors));
        }
        catch (Win32Exception refused)
        {
            return Failed($"{program} cannot be started: {refused.Message}");
        }
    }

    /// <summary>
    /// The verdict on all samples: the check fails if one sample failed, and passes if one passed and none failed.
    /// </summary>
    public CheckVerdict Verdict(string check)
    {
        JsonElement[] results = [.. _checks.Where(result => Text(result, "id") == check)];
        if (_all is not null || results.Length == 0)
        {
            return _all ?? new CheckVerdict(
                CheckOutcome.Failed,
                $"tfgrid-compose did not report the check '{check}'; install the version that matches this package");
        }

        JsonElement[] failed = [.. results.Where(result => Text(result, "status") == "failed")];
        return failed.Length > 0 ? new CheckVerdict(CheckOutcome.Failed, string.Join('\n', failed.Select(Describe)))
            : results.Any(result => Text(result, "status") == "passed") ? new CheckVerdict(CheckOutcome.Passed, "")
            : new CheckVerdict(CheckOutcome.NotRun, Text(results[0], "detail"));
    }

    private static async Task TakeAsync(StreamReader from, StringBuilder into)
    {
        char[] buffer = new char[4096];
        int count;
        while ((count = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            lock (into)
            {
                into.Append(buffer, 0, count);
            }
        }
    }

    private static string Text(StringBuilder taken)
    {
        lock (taken)
        {
            return taken.ToString();
        }
    }

    private static async Task<bool> EndsAsync(Process process, TimeSpan limit)
    {
        if (await ExitsAsync(process, limit).ConfigureAwait(false))
        {
            return true;
        }

        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        using (var signal = Process.Start("kill", ["-s", "TERM", id]))
        {
            await signal.WaitForExitAsync().ConfigureAwait(false);
        }

        if (!await ExitsAsync(process, EndLimit).ConfigureAwait(false))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().ConfigureAwait(false);
        }

        return false;
    }

    private static async Task<bool> ExitsAsync(Process process, TimeSpan limit)
    {
        using var over = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(over.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static ProgramRun Read(bool ended, TimeSpan limit, int exitCode, string output, string errors)
    {
        if (!ended)
        {
            return Failed(
                $"tfgrid-compose did not end within {limit} and was told to end; "
                    + $"machines may remain, see `tfgrid-compose grid local status`:\n{errors}");
        }

        try
        {
            using var document = JsonDocument.Parse(output);
            return new ProgramRun(document.RootElement.Clone(), errors);
        }
        catch (JsonException)
        {
            return Failed($"tfgrid-compose exited with {exitCode} and reported no check:\n{errors}{output}");
        }
    }

    private static ProgramRun Failed(string message) => new(new CheckVerdict(CheckOutcome.Failed, message));

    private static string Describe(JsonElement result)
    {
        string sample = Text(result, "sample") is { Length: > 0 } name ? $"{name}: " : "";
        string remedy = Text(result, "remedy") is { Length: > 0 } text
            ? $"\n-> {text.Replace("\n", "\n-> ", StringComparison.Ordinal)}"
            : "";
        return $"{sample}{Text(result, "detail")}{remedy}";
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";
}
