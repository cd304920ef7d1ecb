using System.Globalization;
using System.Reflection;
using System.Text;
using CommandLine;
using TfgridCompose.Cli.Terminal;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>Help, generated from the declarations that the parser works from.</summary>
public static class HelpPage
{
    private const int Column = 30;

    private static readonly (string Option, string Text)[] Global =
    [
        ("--grid NAME", "local, main, test, qa or dev; local makes machines on this computer"),
        ("--output FORMAT", "text (default) or json"),
        ("--debug", "every tool line and command line; network diagnosis at a failed wait"),
        ("--non-interactive", "never ask; a question that needs an answer is an error"),
        ("--no-color", "accepted; plain output has no colours"),
        ("--help, --version", "this page; the version"),
    ];

    /// <summary>The long names of the options that every verb takes.</summary>
    internal static IEnumerable<string> GlobalNames => Global
        .SelectMany(row => row.Option.Split(' ', ','))
        .Where(word => word.StartsWith("--", StringComparison.Ordinal))
        .Select(word => word[2..]);

    public static string Overview(IEnumerable<Verb> verbs)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Product.Name}: an app folder becomes a verified deployment on the ThreeFold Grid\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Usage: {Product.Name} [OPTIONS] VERB [ARGUMENTS]\n\nVerbs:\n");
        foreach (Verb verb in verbs)
        {
            Row(text, Signature(verb), verb.Summary);
        }

        AppendGlobal(text);
        text.Append("\nTARGET is a deployment's id (shortened while unique), its name, or an app folder; without it, the folder "
            + "you stand in, else the selected one.\n");
        return text.ToString();
    }

    public static string Of(Verb verb)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Usage: {Product.Name} {Signature(verb)}\n\n{verb.Summary}\n");
        if (ValuesOf(verb).Count + OptionsOf(verb).Count > 0)
        {
            text.Append("\nArguments:\n");
        }

        foreach (ValueAttribute value in ValuesOf(verb))
        {
            Row(text, value.MetaName, value.HelpText);
        }

        foreach (OptionAttribute option in OptionsOf(verb))
        {
            Row(text, option.MetaValue is { Length: > 0 } meta ? $"--{option.LongName} {meta}" : $"--{option.LongName}", option.HelpText);
        }

        AppendGlobal(text);
        return text.ToString();
    }

    internal static IReadOnlyList<OptionAttribute> OptionsOf(Verb verb) => Attributes<OptionAttribute>(verb);

    internal static IReadOnlyList<ValueAttribute> ValuesOf(Verb verb) => Attributes<ValueAttribute>(verb);

    private static T[] Attributes<T>(Verb verb)
        where T : BaseAttribute =>
        [
            .. verb.Options.GetProperties()
                .Select(property => property.GetCustomAttribute<T>())
                .OfType<T>()
                .Where(attribute => !attribute.Hidden),
        ];

    private static string Signature(Verb verb)
    {
        IEnumerable<string> values = ValuesOf(verb).Select(value => value.Required ? value.MetaName : $"[{value.MetaName}]");
        return string.Join(' ', [verb.Name, .. values, .. verb.TakesTail ? ["[-- COMMAND...]"] : Array.Empty<string>()]);
    }

    private static void AppendGlobal(StringBuilder text)
    {
        text.Append("\nOptions of every verb, before or after it:\n");
        foreach ((string option, string description) in Global)
        {
            Row(text, option, description);
        }
    }

    private static void Row(StringBuilder text, string left, string right) =>
        text.Append("  ").Append(left.PadRight(Column)).Append("  ").Append(right).Append('\n');
}
