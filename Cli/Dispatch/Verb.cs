using CommandLine;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>A built-in verb: its words, its options, and what runs.</summary>
/// <param name="Name">One to three words: <c>up</c>, <c>patterns list</c>.</param>
/// <param name="Summary">One line for help.</param>
/// <param name="Options">The type whose attributes declare its options.</param>
/// <param name="TakesTail">Whether it takes words after <c>--</c>.</param>
/// <param name="RunAsync">Runs it on the parsed options.</param>
public sealed record Verb(
    string Name,
    string Summary,
    Type Options,
    bool TakesTail,
    Func<object, VerbContext, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>Run by the product itself; not in the help.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The end of its help, if that depends on the current folder, or null.</summary>
    public Func<VerbContext, string>? HelpNote { get; init; }

    private string HelpRemedy => $"see `{Product.Name} {Name} --help`";

    public static Verb Of<TOptions>(
        string name, string summary, Func<TOptions, VerbContext, CancellationToken, Task<int>> run, bool takesTail = false)
        where TOptions : VerbOptions, new() =>
        new(
            name,
            summary,
            typeof(TOptions),
            takesTail,
            (options, context, cancellation) => run((TOptions)options, context, cancellation));

    /// <summary>Parses the verb's own arguments; an unknown option is an error and never ignored.</summary>
    public object Parse(IReadOnlyList<string> arguments, IReadOnlyList<string>? tail)
    {
        if (tail is not null && !TakesTail)
        {
            throw new DiagnosticException(ExitCode.Usage, [Wrong($"`{Name}` takes no command after --.")]);
        }

        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.AutoHelp = false;
            settings.AutoVersion = false;
            settings.AllowMultiInstance = true;
        });
        object? options = null;
        IReadOnlyList<Error> errors = [];
        IReadOnlyList<string> words = VerbArguments.Normalise(this, arguments);
        parser.ParseArguments(() => Activator.CreateInstance(Options) ?? throw new InvalidOperationException(Options.Name), words)
            .WithParsed(parsed => options = parsed)
            .WithNotParsed(problems => errors = [.. problems]);
        string? extra = (options as VerbOptions)?.Extra.FirstOrDefault();
        return options is not null && extra is null
            ? options
            : throw new DiagnosticException(ExitCode.Usage, [.. Problems(errors, extra)]);
    }

    private IEnumerable<Diagnostic> Problems(IReadOnlyList<Error> errors, string? extra) =>
        extra is not null
            ? [Wrong($"`{Name}` does not take '{extra}'.")]
            : errors.Where(error => !IsRepeated(error, errors)).Select(ProblemOf);

    // The parser reports a required argument whose value it cannot convert twice: as malformed and as missing.
    private static bool IsRepeated(Error error, IReadOnlyList<Error> errors) =>
        error is MissingRequiredOptionError missing
        && errors.OfType<BadFormatConversionError>().Any(bad => bad.NameInfo.Equals(missing.NameInfo));

    private Diagnostic ProblemOf(Error error) => error switch
    {
        UnknownOptionError unknown => Diagnostic.Error(
            CliCodes.UnknownOption, $"`{Name}` has no option '{Dashed(unknown.Token)}'.", Nearest(unknown.Token)),
        MissingValueOptionError missing => Wrong($"--{missing.NameInfo.LongName} needs a value."),
        MissingRequiredOptionError missing => Wrong($"`{Name}` needs {Argument(missing)}."),
        BadFormatConversionError bad => Wrong($"The value of {Argument(bad)} has the wrong format."),
        _ => Wrong($"The arguments of `{Name}` cannot be read ({error.Tag})."),
    };

    private Diagnostic Wrong(string message) => Diagnostic.Error(CliCodes.BadArguments, message, HelpRemedy);

    private static string Argument(NamedError error) =>
        error.NameInfo.LongName is { Length: > 0 } name ? $"--{name}" : "an argument";

    private static string Dashed(string token) => token.Length == 1 ? $"-{token}" : $"--{token}";

    private string Nearest(string token)
    {
        IEnumerable<string> known = HelpPage.OptionsOf(this).Select(option => option.LongName).Concat(HelpPage.GlobalNames);
        IReadOnlyList<string> near = NearestName.Of(token, known);
        string remedy = near.Count > 0
            ? $"did you mean {string.Join(" or ", near.Select(name => $"--{name}"))}? {HelpRemedy}"
            : HelpRemedy;
        return TakesTail ? $"{remedy}; put an option of the command itself after `--`: `-- {Dashed(token)}`" : remedy;
    }
}
