using System.Globalization;
using System.Reflection;
using System.Text;
using CommandLine;
using TfgridCompose.Cli.Terminal;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>Help, generated from the same declarations that the parser uses.</summary>
public static class HelpPage
{
    private const int Column = 30;

    private const string Target = """

        TARGET is a deployment's id (a unique beginning of it is enough), its name, or an app's folder. Without TARGET,
        the deployment of the current folder is used, else the selected one.

        """;

    private static readonly (string Option, string Text)[] Global =
    [
        ("--grid NAME", "local, main, test, qa or dev; local runs the machines on this computer"),
        ("--output FORMAT", "text (default) or json"),
        ("--debug", "show every command line and tool output; diagnose the network after a failed wait"),
        ("--non-interactive", "never ask; fail if an answer is needed"),
        ("--no-color", "accepted, but has no effect: the output has no colours"),
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
        text.Append(Product.Name).Append(": turns an app folder into a verified deployment on the ThreeFold Grid\n\n");
        text.Append("Usage: ").Append(Product.Name).Append(" [OPTIONS] VERB [ARGUMENTS]\n\nVerbs:\n");
        foreach (Verb verb in verbs)
        {
            Row(text, Signature(verb), verb.Summary);
        }

        AppendGlobal(text);
        text.Append(Target);
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
            string meta = option.MetaValue is { Length: > 0 } value ? $" {value}" : "";
            Row(text, $"--{option.LongName}{meta}", option.HelpText);
        }

        AppendGlobal(text);
        return text.ToString();
    }

    internal static IReadOnlyList<OptionAttribute> OptionsOf(Verb verb) => Attributes<OptionAttribute>(verb);

    internal static IReadOnlyList<ValueAttribute> ValuesOf(Verb verb) => Attributes<ValueAttribute>(verb);

    private static T[] Attributes<T>(Verb verb)
        where T : BaseAttribute =>
        [.. verb.Options.GetProperties()
            .Select(property => property.GetCustomAttribute<T>())
            .OfType<T>()
            .Where(attribute => !attribute.Hidden)];

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
