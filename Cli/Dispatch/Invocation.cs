using TfgridCompose.Core.Diagnostics;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>
/// A command line taken apart: global options from anywhere before <c>--</c>, the verb, its own arguments, and the raw tail after <c>--</c>.
/// </summary>
public sealed record Invocation(GlobalOptions Global, IReadOnlyList<string> Words, IReadOnlyList<string>? Tail)
{
    private const string TailMark = "--";

    public static Invocation Parse(IReadOnlyList<string> args)
    {
        int mark = args.ToList().IndexOf(TailMark);
        string[]? tail = mark < 0 ? null : [.. args.Skip(mark + 1)];
        var words = new List<string>();
        var global = new GlobalOptions();
        var rest = new Queue<string>(mark < 0 ? args : args.Take(mark));
        while (rest.TryDequeue(out string? word))
        {
            global = Take(word, rest, global, words.Count > 0) ?? Keep(words, word, global);
        }

        return new Invocation(global, words, tail);
    }

    private static GlobalOptions Keep(List<string> words, string word, GlobalOptions global)
    {
        words.Add(word);
        return global;
    }

    private static GlobalOptions? Take(string word, Queue<string> rest, GlobalOptions global, bool hasVerb)
    {
        string[] parts = word.Split('=', 2);
        switch (parts[0])
        {
            case "--grid":
                return global with { Grid = ValueOf(parts, rest) };
            case "--output":
                string format = ValueOf(parts, rest);
                return format is "json" or "text" ? global with { Json = format == "json" } : throw new DiagnosticException(
                    ExitCode.Usage, CliCodes.BadArguments, $"There is no output format '{format}'.", "use --output text or --output json");
            case "--debug" when parts.Length == 1:
                return global with { Debug = true };
            case "--non-interactive" when parts.Length == 1:
                return global with { NonInteractive = true };
            case "--no-color" when parts.Length == 1:
                return global;
            case "--help" or "-h" when parts.Length == 1:
                return global with { Help = true };
            // With a value after it, it is the verb's own: `patterns install ID --version 1.2.0`.
            case "--version" when parts.Length == 1 && (!hasVerb || !rest.TryPeek(out string? next) || next.StartsWith('-')):
                return global with { Version = true };
            default:
                return null;
        }
    }

    private static string ValueOf(string[] parts, Queue<string> rest) =>
        parts.Length == 2 ? parts[1] : rest.TryDequeue(out string? value) ? value : throw new DiagnosticException(
            ExitCode.Usage, CliCodes.BadArguments, $"{parts[0]} needs a value.", $"write {parts[0]} VALUE; `tfgrid-compose --help` lists the values");
}
