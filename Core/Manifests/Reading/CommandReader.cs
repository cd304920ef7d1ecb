using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>commands</c>.</summary>
internal static partial class CommandReader
{
    public static IReadOnlyList<AppCommand> Read(LocatedMap root, TreeReader reader) =>
        [.. (reader.Map(root, "commands")?.Entries ?? []).Select(entry => Command(entry, reader)).OfType<AppCommand>()];

    private static AppCommand? Command(LocatedEntry entry, TreeReader reader)
    {
        if (!NamePattern().IsMatch(entry.Key))
        {
            reader.Error(
                ManifestCodes.CommandInvalid, $"'{Excerpt.Of(entry.Key)}' cannot be a command's name.",
                "Use letters, digits, '-' and '_', starting with a letter or digit.", entry.KeyLocation);
            return null;
        }

        var map = entry.Value as LocatedMap;
        LocatedScalar? script = entry.Value as LocatedScalar ?? reader.Scalar(map, "script");
        if (string.IsNullOrWhiteSpace(script?.Text) || script.IsNull)
        {
            reader.Error(
                ManifestCodes.CommandInvalid, $"The command '{entry.Key}' has no script.",
                "Add 'script: /path/on/the/host'.", entry.KeyLocation);
            return null;
        }

        return new AppCommand
        {
            Name = entry.Key,
            Script = script.Text,
            Description = reader.Text(map, "description") ?? "",
            Args = reader.Text(map, "args") ?? reader.Text(map, "usage") ?? "",
            Interactive = reader.Flag(map, "interactive") ?? false,
            AllocateTty = reader.Flag(map, "allocate_tty") ?? true,
            SaveToContext = reader.Text(map, "save_to_context"),
            UsesContext = reader.Text(map, "uses_context"),
            Location = entry.KeyLocation,
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*\z")]
    private static partial Regex NamePattern();
}
