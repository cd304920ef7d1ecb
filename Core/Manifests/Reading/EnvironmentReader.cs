using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>environment</c>: a list of declarations or of <c>NAME=DEFAULT</c>, or a map of names to defaults.</summary>
internal static class EnvironmentReader
{
    public static IReadOnlyList<EnvironmentVariable> Read(LocatedMap root, TreeReader reader)
    {
        var variables = new List<EnvironmentVariable>();
        foreach (EnvironmentVariable variable in Declared(root.Entry("environment")?.Value, reader))
        {
            if (variables.Find(other => other.Name == variable.Name) is EnvironmentVariable first)
            {
                reader.Error(
                    ManifestCodes.VariableTwice,
                    $"The variable '{variable.Name}' is declared twice; first on line {first.Location.Line}.",
                    "Remove one of them.", variable.Location);
            }
            else
            {
                variables.Add(variable);
            }
        }

        variables.ForEach(variable => CheckReferences(variable, variables, reader));
        return variables;
    }

    private static IEnumerable<EnvironmentVariable> Declared(LocatedNode? node, TreeReader reader)
    {
        switch (node)
        {
            case null:
                return [];
            case LocatedMap map:
                return map.Entries.Select(entry => FromEntry(entry, reader)).OfType<EnvironmentVariable>();
            case LocatedList list:
                return list.Items.Select(item => FromItem(item, reader)).OfType<EnvironmentVariable>();
            default:
                reader.WrongType("environment", "a list of variables", node);
                return [];
        }
    }

    private static EnvironmentVariable? FromEntry(LocatedEntry entry, TreeReader reader)
    {
        if (entry.Value is LocatedMap map)
        {
            return FromMap(new LocatedScalar(entry.Key, isPlain: true, entry.KeyLocation), map, reader);
        }

        if (entry.Value is not LocatedScalar value)
        {
            reader.WrongType(entry.Key, "a string", entry.Value);
            return null;
        }

        return IsName(entry.Key, entry.KeyLocation, reader)
            ? new EnvironmentVariable
            {
                Name = entry.Key,
                Default = value.IsNull ? null : value.Text,
                Location = entry.KeyLocation,
            }
            : null;
    }

    private static EnvironmentVariable? FromItem(LocatedNode item, TreeReader reader)
    {
        // The form that docker compose uses.
        if (item is LocatedScalar { IsNull: false } pair && pair.Text.Split('=', 2) is [var key, var given])
        {
            return IsName(key, pair.Location, reader)
                ? new EnvironmentVariable { Name = key, Default = given, Location = pair.Location }
                : null;
        }

        var map = item as LocatedMap;
        LocatedScalar? name = item as LocatedScalar ?? reader.Scalar(map, "name");
        if (name is { IsNull: false })
        {
            return FromMap(name, map, reader);
        }

        reader.Error(ManifestCodes.VariableInvalid, "A variable has no name.", "Write '- name: NAME'.", item.Location);
        return null;
    }

    private static EnvironmentVariable? FromMap(LocatedScalar name, LocatedMap? map, TreeReader reader)
    {
        if (!IsName(name.Text, name.Location, reader))
        {
            return null;
        }

        return new EnvironmentVariable
        {
            Name = name.Text,
            Default = reader.Text(map, "default"),
            Required = reader.Flag(map, "required") ?? false,
            Secret = reader.Flag(map, "secret") ?? false,
            Description = reader.Text(map, "description") ?? "",
            Options = Texts(map, "options", reader),
            DependsOn = DependsOn(map, reader),
            Location = name.Location,
        };
    }

    // Not comma-separated: an option may contain a comma.
    private static List<string> Texts(LocatedMap? map, string key, TreeReader reader)
    {
        var texts = new List<string>();
        foreach (LocatedNode item in reader.Items(map, key))
        {
            if (item is LocatedScalar scalar)
            {
                texts.Add(scalar.Text);
            }
            else
            {
                reader.WrongType(key, "a list of strings", item);
            }
        }

        return texts;
    }

    private static Dictionary<string, IReadOnlyList<string>> DependsOn(LocatedMap? map, TreeReader reader)
    {
        LocatedMap? conditions = reader.Map(map, "depends_on");
        return (conditions?.Entries ?? []).ToDictionary(
            entry => entry.Key,
            IReadOnlyList<string> (entry) => Texts(conditions, entry.Key, reader),
            StringComparer.Ordinal);
    }

    private static void CheckReferences(EnvironmentVariable variable, List<EnvironmentVariable> all, TreeReader reader)
    {
        if (variable is { Default: string value, Options.Count: > 0 } && !variable.Options.Contains(value))
        {
            reader.Error(
                ManifestCodes.VariableInvalid,
                $"The default '{Excerpt.Of(value)}' of '{variable.Name}' is not among its options.",
                $"{Meant.Of(value, variable.Options)}The options are {string.Join(", ", variable.Options)}.",
                variable.Location);
        }

        foreach (string other in variable.DependsOn.Keys.Where(name => !all.Exists(each => each.Name == name)))
        {
            reader.Error(
                ManifestCodes.VariableInvalid,
                $"'{variable.Name}' depends on '{Excerpt.Of(other)}', which is not declared.",
                $"{Meant.Of(other, all.Select(each => each.Name))}Declare it under 'environment', "
                    + "or remove the condition.", variable.Location);
        }
    }

    private static bool IsName(string name, SourceLocation location, TreeReader reader)
    {
        if (VariableName.IsValid(name) && !VariableName.IsReserved(name))
        {
            return true;
        }

        reader.Error(
            ManifestCodes.VariableInvalid, $"'{Excerpt.Of(name)}' cannot be a variable's name.",
            "Use letters, digits and '_', not starting with a digit, and no name reserved by the shell (UID, PPID).",
            location);
        return false;
    }
}
