using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Reads <c>roles</c>: the machines, their number and their size.</summary>
internal sealed partial class RoleSpecReader(TreeReader reader, IReadOnlyList<PatternOption> options)
{
    private const string OptionPrefix = "option.";
    private static readonly string[] Keys = ["description", "count", "cpu", "memory", "disk", "node"];
    private static readonly Amount One = new(1);
    private static readonly Amount DefaultMemory = new(1024);
    private static readonly Amount DefaultDisk = new(10 * 1024);

    public IReadOnlyList<RoleSpec> Read(LocatedMap root)
    {
        RoleSpec[] roles =
        [
            .. NamedMaps.Of(root, "roles", Keys, reader)
                .Where(pair => HasName(pair.Key))
                .Select(pair => Role(pair.Key.Key, pair.Value)),
        ];
        if (root.Entry("roles") is null)
        {
            reader.Error(
                FolderPatternCodes.KeyMissing, "pattern.yaml has no roles, so there are no machines.",
                "Add the roles of its machines, the primary one first: 'roles: {server: {cpu: 1, memory: 1G}}'.",
                root.Location);
        }
        else if (root.Entry("roles") is { Value: LocatedMap { Entries.Count: 0 } } empty)
        {
            reader.Error(
                FolderPatternCodes.KeyMissing,
                "'roles' is empty, so there are no machines.",
                "Add one: 'roles: {server: {cpu: 1, memory: 1G}}'.",
                empty.KeyLocation);
        }

        return roles;
    }

    private bool HasName(LocatedEntry entry) =>
        NamedMaps.HasName(
            entry,
            NamePattern(),
            "a role's name",
            "Use at most 30 lower-case letters, digits and '-', starting with a letter.",
            reader);

    private RoleSpec Role(string name, LocatedMap body) => new()
    {
        Name = name,
        Description = reader.Text(body, "description") ?? "",
        Count = Amount(body, "count", OptionType.Integer) ?? One,
        Cpu = Amount(body, "cpu", OptionType.Integer) ?? OfOption("cpu", OptionType.Integer) ?? One,
        Memory = Amount(body, "memory", OptionType.Size) ?? OfOption("memory", OptionType.Size) ?? DefaultMemory,
        Disk = Amount(body, "disk", OptionType.Size) ?? OfOption("disk", OptionType.Size) ?? DefaultDisk,
        Node = Node(body),
    };

    private Amount? OfOption(string name, OptionType type) =>
        options.Any(option => option.Name == name && option.Type == type) ? new Amount(0, name) : null;

    private Amount? Amount(LocatedMap body, string key, OptionType type)
    {
        if (reader.Scalar(body, key) is not { } scalar)
        {
            return null;
        }

        long? number =
            type == OptionType.Size ? SizeText.Megabytes(scalar.Text, SizeUnit.MB) : ScalarText.Integer(scalar.Text);
        return number is { } literal ? new Amount(literal)
            : Reference(scalar, key, type) is { } option ? new Amount(0, option)
            : null;
    }

    private string? Node(LocatedMap body)
    {
        if (reader.Scalar(body, "node") is { } scalar)
        {
            return Reference(scalar, "node", OptionType.Integer, OptionType.IntegerList);
        }

        return options.Any(option => option is { Name: "node", Type: OptionType.Integer or OptionType.IntegerList })
            ? "node"
            : null;
    }

    private string? Reference(LocatedScalar scalar, string key, params OptionType[] types)
    {
        string name = scalar.Text.StartsWith(OptionPrefix, StringComparison.Ordinal)
            ? scalar.Text[OptionPrefix.Length..]
            : scalar.Text;
        string[] fitting = [.. options.Where(option => types.Contains(option.Type)).Select(option => option.Name)];
        if (fitting.Contains(name))
        {
            return name;
        }

        string value = key == "node" ? ""
            : types.Contains(OptionType.Size) ? "a size such as 512M or 8G, or "
            : "a whole number, or ";
        string listed = fitting.Length > 0
            ? $"Options of that type: {string.Join(", ", fitting)}."
            : "Declare one under 'options'.";
        reader.Error(
            FolderPatternCodes.ReferenceUnknown,
            $"'{key}' is {scalar.Kind}, which is not {value}the name of an option of type "
                + $"{string.Join(" or ", types.Select(Word))}.",
            $"{Meant.Of(name, fitting)}{listed}",
            scalar.Location);
        return null;
    }

    private static string Word(OptionType type) => type switch
    {
        OptionType.Size => "size",
        OptionType.IntegerList => "integers",
        _ => "integer",
    };

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,29}\z")]
    private static partial Regex NamePattern();
}
