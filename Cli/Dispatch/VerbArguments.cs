using System.Collections;
using System.Reflection;
using CommandLine;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>
/// Brings a verb's arguments into the form that the option parser reads without guessing: plain words first, then every option with
/// its value attached. Otherwise the parser takes the word after a repeatable option as one more value, and lets a value be missing.
/// </summary>
internal static class VerbArguments
{
    public static IReadOnlyList<string> Normalise(Verb verb, IReadOnlyList<string> arguments)
    {
        // A loop, because LINQ over tuples is compiled at every start.
        var takesValue = new Dictionary<string, bool>(StringComparer.Ordinal);
        HashSet<string> takesOne = [];
        HashSet<string> given = [];
        foreach (PropertyInfo property in verb.Options.GetProperties())
        {
            if (property.GetCustomAttribute<OptionAttribute>() is { } option)
            {
                takesValue.Add($"--{option.LongName}", property.PropertyType != typeof(bool));
                if (property.PropertyType != typeof(bool) && !TakesSeveral(property.PropertyType))
                {
                    takesOne.Add($"--{option.LongName}");
                }
            }
        }

        List<string> words = [];
        List<string> options = [];
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            string name = argument.Split('=', 2)[0];
            if (!argument.StartsWith('-'))
            {
                words.Add(argument);
            }
            else if (!takesValue.TryGetValue(name, out bool needed))
            {
                options.Add(argument);
            }
            else if (takesOne.Contains(name) && !given.Add(name))
            {
                throw Wrong(verb, $"{name} is given twice, but takes only one value.");
            }
            else if (name == argument)
            {
                options.AddRange(needed ? Attached(name, ValueOf(verb, name, rest)) : [name]);
            }
            else
            {
                options.AddRange(
                    needed ? Attached(name, argument[(name.Length + 1)..]) : throw Wrong(verb, $"{name} takes no value."));
            }
        }

        return [.. words, .. options];
    }

    // The parser does not read an attached value that is empty, begins with a space or has a line break. Such a value is
    // passed as a separate word.
    private static IEnumerable<string> Attached(string name, string value) =>
        value.Length == 0 || value[0] == ' ' || value.Contains('\n') ? [name, value] : [$"{name}={value}"];

    private static string ValueOf(Verb verb, string name, Queue<string> rest) =>
        rest.TryPeek(out string? value) && !value.StartsWith("--", StringComparison.Ordinal)
            ? rest.Dequeue()
            : throw Wrong(verb, $"{name} needs a value.");

    private static DiagnosticException Wrong(Verb verb, string message) =>
        new(ExitCode.Usage, CliCodes.BadArguments, message, $"see `{Product.Name} {verb.Name} --help`");

    private static bool TakesSeveral(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));
}
