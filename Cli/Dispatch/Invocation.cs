using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>
/// A parsed command line: global options from anywhere before <c>--</c>, the verb, its own arguments, and the raw tail after <c>--</c>.
/// After a first word that is not a built-in verb, nothing more is parsed: what follows belongs to that word.
/// </summary>
public sealed record Invocation(GlobalOptions Global, IReadOnlyList<string> Words, IReadOnlyList<string>? Tail)
{
    private const string TailMark = "--";

    /// <summary>The first word is not a built-in verb; the words after it are as they were typed, with options and <c>--</c>.</summary>
    public bool IsForeign { get; init; }

    public static Invocation Parse(IReadOnlyList<string> args)
    {
        var words = new List<string>();
        var global = new GlobalOptions();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out string? word) && word != TailMark)
        {
            if (Take(word, rest, global, words.Count > 0) is { } taken)
            {
                global = taken;
                continue;
            }

            if (words.Count == 0 && word.StartsWith('-'))
            {
                throw NoOption(word);
            }

            words.Add(word);
            if (words.Count == 1 && !VerbTable.IsFirstWord(word))
            {
                return new Invocation(global, [.. words, .. rest], Tail: null) { IsForeign = true };
            }
        }

        return new Invocation(global, words, args.Contains(TailMark) ? [.. rest] : null);
    }

    private static GlobalOptions? Take(string word, Queue<string> rest, GlobalOptions global, bool hasVerb)
    {
        string[] parts = word.Split('=', 2);
        switch (parts[0])
        {
            case "--grid":
                return global with { Grid = ValueOf(parts, rest, global.Grid) };
            case "--output":
                string format = ValueOf(parts, rest, global.Output);
                return format is "json" or "text" ? global with { Output = format } : throw new DiagnosticException(
                    ExitCode.Usage,
                    CliCodes.BadArguments,
                    $"There is no output format '{format}'.",
                    "use --output text or --output json");
            case "--debug" when parts.Length == 1:
                return global with { Debug = true };
            case "--non-interactive" when parts.Length == 1:
                return global with { NonInteractive = true };
            case "--no-color" when parts.Length == 1:
                return global;
            case "--help" or "-h" when parts.Length == 1:
                return global with { Help = true };
            // With a value it is the verb's own option: `patterns install ID --version 1.2.0`.
            case "--version" when parts.Length == 1 && (!hasVerb || !rest.TryPeek(out string? next) || next.StartsWith('-')):
                return global with { Version = true };
            default:
                return null;
        }
    }

    private static DiagnosticException NoOption(string word)
    {
        IReadOnlyList<string> near = NearestName.Of(word.TrimStart('-').Split('=')[0], HelpPage.GlobalNames);
        string remedy = near.Count > 0
            ? $"did you mean {string.Join(" or ", near.Select(name => $"--{name}"))}?"
            : $"put a verb's own options after the verb; `{Product.Name} --help` lists those that every verb takes";
        return new DiagnosticException(
            ExitCode.Usage, CliCodes.UnknownOption, $"There is no option '{word}' before the verb.", remedy);
    }

    private static string ValueOf(string[] parts, Queue<string> rest, string? before) =>
        before is not null ? throw new DiagnosticException(
            ExitCode.Usage,
            CliCodes.BadArguments,
            $"{parts[0]} is given twice, but takes only one value.",
            $"leave one of them out; the first one says {before}")
        : parts.Length == 2 ? parts[1]
        : rest.TryPeek(out string? value) && value != TailMark ? rest.Dequeue()
        : throw new DiagnosticException(
            ExitCode.Usage,
            CliCodes.BadArguments,
            $"{parts[0]} needs a value.",
            $"write {parts[0]} VALUE; `{Product.Name} --help` lists the values");
}
