using CommandLine;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>A built-in verb: its words, its options, and what runs.</summary>
/// <param name="Name">One or two words: <c>up</c>, <c>patterns list</c>.</param>
/// <param name="Summary">One line for help.</param>
/// <param name="Options">The type whose attributes declare its options.</param>
/// <param name="TakesTail">Whether words after <c>--</c> mean something to it.</param>
/// <param name="RunAsync">Runs it on the parsed options.</param>
public sealed record Verb(
    string Name,
    string Summary,
    Type Options,
    bool TakesTail,
    Func<object, VerbContext, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>Run by the product itself, and not in the help.</summary>
    public bool IsHidden { get; init; }

    /// <summary>What its help ends with, or null: what depends on where one stands.</summary>
    public Func<VerbContext, string>? HelpNote { get; init; }

    public static Verb Of<TOptions>(
        string name,
        string summary,
        Func<TOptions, VerbContext, CancellationToken, Task<int>> run,
        bool takesTail = false)
        where TOptions : VerbOptions, new() =>
        new(name, summary, typeof(TOptions), takesTail, (options, context, cancellation) => run((TOptions)options, context, cancellation));

    /// <summary>Parses the verb's own arguments; an unknown option is an error, never passed over.</summary>
    public object Parse(IReadOnlyList<string> arguments, IReadOnlyList<string>? tail)
    {
        if (tail is not null && !TakesTail)
        {
            throw new DiagnosticException(ExitCode.Usage, CliCodes.BadArguments, $"`{Name}` takes no command after --.", HelpRemedy);
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
        parser.ParseArguments(
            () => Activator.CreateInstance(Options) ?? throw new InvalidOperationException(Options.Name),
            VerbArguments.Normalise(this, arguments))
            .WithParsed(parsed => options = parsed)
            .WithNotParsed(problems => errors = [.. problems]);
        string? extra = (options as VerbOptions)?.Extra.FirstOrDefault();
        return options is not null && extra is null ? options : throw new DiagnosticException(ExitCode.Usage, [.. Problems(errors, extra)]);
    }

    private string HelpRemedy => $"see `{Product.Name} {Name} --help`";

    private IEnumerable<Diagnostic> Problems(IReadOnlyList<Error> errors, string? extra) => extra is not null
        ? [Diagnostic.Error(CliCodes.BadArguments, $"`{Name}` does not take '{extra}'.", HelpRemedy)]
        : errors.Select(error => error switch
        {
            UnknownOptionError unknown =>
                Diagnostic.Error(CliCodes.UnknownOption, $"`{Name}` has no option '{Dashed(unknown.Token)}'.", Nearest(unknown.Token)),
            MissingValueOptionError missing =>
                Diagnostic.Error(CliCodes.BadArguments, $"--{missing.NameInfo.LongName} needs a value.", HelpRemedy),
            MissingRequiredOptionError missing =>
                Diagnostic.Error(
                    CliCodes.BadArguments,
                    $"`{Name}` needs {(missing.NameInfo.LongName is { Length: > 0 } name ? $"--{name}" : "an argument")}.",
                    HelpRemedy),
            BadFormatConversionError bad =>
                Diagnostic.Error(CliCodes.BadArguments, $"The value of --{bad.NameInfo.LongName} has the wrong form.", HelpRemedy),
            _ => Diagnostic.Error(CliCodes.BadArguments, $"The arguments of `{Name}` cannot be read ({error.Tag}).", HelpRemedy),
        });

    private static string Dashed(string token) => token.Length == 1 ? $"-{token}" : $"--{token}";

    private string Nearest(string token)
    {
        IReadOnlyList<string> near = NearestName.Of(
            token,
            HelpPage.OptionsOf(this).Select(option => option.LongName).Concat(HelpPage.GlobalNames));
        string remedy = near.Count > 0 ? $"did you mean {string.Join(" or ", near.Select(name => $"--{name}"))}? {HelpRemedy}" : HelpRemedy;
        return TakesTail ? $"{remedy}; an option of the command that it runs stands behind `--`: `-- {Dashed(token)}`" : remedy;
    }
}
