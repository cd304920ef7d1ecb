using System.Globalization;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>How a tool ended.</summary>
public sealed record ToolResult(int ExitCode, string Output, IReadOnlyList<string> LastErrorLines, bool TimedOut)
{
    private readonly string _output = Output;

    /// <summary>All of its output. Throws if it printed more than is kept: a part of a result is no result.</summary>
    public string Output
    {
        get => !WasCut ? _output : throw new DiagnosticException(
            Diagnostics.ExitCode.Infrastructure,
            ToolCodes.OutputTooLong,
            $"{Path.GetFileName(Program)} printed more than can be read.",
            "if it is Terraform, look for an unexpectedly large output or file; otherwise run it by hand to see what it prints");
        init => _output = value;
    }

    /// <summary>Reads its output as JSON. Throws a diagnostic if it is not what is expected.</summary>
    /// <param name="read">Reads it; what it returns must not need the document any more.</param>
    public T Read<T>(Func<JsonElement, T> read)
    {
        string text = Output;
        try
        {
            using var document = JsonDocument.Parse(text);
            return read(document.RootElement);
        }
        catch (Exception problem) when (Unreadable.Is(problem))
        {
            throw new DiagnosticException(
                Diagnostics.ExitCode.Infrastructure,
                [Diagnostic.Error(
                    ToolCodes.OutputUnreadable,
                    $"{Path.GetFileName(Program)} printed what cannot be read: {Start(text)} ({PlainText.Of(problem.Message)})",
                    $"see what {Program} is, and whether its version is supported: `tfgrid-compose doctor`")],
                problem);
        }
    }

    // The output may hold secrets, so it is not shown if it looks like JSON.
    private static string Start(string text) =>
        text.AsSpan().TrimStart() is ['{' or '[', ..] ? "JSON of another form"
            : text.Trim().Length == 0 ? "nothing"
            : $"'{PlainText.Of(text.Trim().Length > LongestStart ? text.Trim()[..LongestStart] : text.Trim())}'";

    /// <summary>What is kept of its output, for people to read.</summary>
    public string Kept => _output;

    /// <summary>Whether it printed more than is kept.</summary>
    public bool WasCut { get; init; }

    /// <summary>What was run.</summary>
    public string Program { get; init; } = "the program";

    private const int LongestStart = 60;

    // If a signal ended a program, a shell's exit code is 128 plus the signal's number.
    private const int FirstSignal = 128;

    /// <summary>The last line of standard error, unmasked. Only to recognise known lines, and never shown.</summary>
    public string LastErrorUnmasked { get; init; } = LastErrorLines is [.., var last] ? last : "";

    /// <summary>Why its input could not be written to the end; the program was killed then.</summary>
    public Exception? InputProblem { get; init; }

    /// <summary>Whether no limit, signal or failed input ended it.</summary>
    public bool EndedByItself => !TimedOut && InputProblem is null && ExitCode is >= 0 and < FirstSignal;

    public bool Succeeded => ExitCode == 0 && !TimedOut && InputProblem is null;

    /// <summary>How it ended, for an error message: "ended with exit code 3".</summary>
    public string Ending => TimedOut ? "did not end in time and was stopped"
        : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {ExitCode}");

    /// <summary>The last lines of its output, for an error message.</summary>
    public string Tail(int lines = 8)
    {
        IReadOnlyList<string> source = LastErrorLines.Count > 0
            ? LastErrorLines
            : _output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', source.TakeLast(lines)).TrimEnd();
    }
}
