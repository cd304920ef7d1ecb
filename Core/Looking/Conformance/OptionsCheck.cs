using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>What a pattern declares: that people can read it, and that it does not contradict itself.</summary>
internal sealed class OptionsCheck
{
    private readonly List<Finding> _findings = [];

    /// <param name="declaration">What the pattern declares.</param>
    /// <param name="readme">The text of its README.md; null if it has none, empty if it needs none.</param>
    public static IReadOnlyList<Finding> Of(PatternDeclaration declaration, string? readme)
    {
        var check = new OptionsCheck();
        foreach (PatternOption option in declaration.Options)
        {
            check.Option(option);
            check.Fields(option);
        }

        check.Unique("option", declaration.Options.Select(option => option.Name));
        check.Unique("source", declaration.Options.SelectMany(option => option.Sources).Select(source => source.Path));
        check.Described("role", declaration.Roles.Select(role => (role.Name, role.Description)));
        check.Described("output", declaration.Outputs.Select(output => (output.Name, output.Description)));
        check.Described("command", declaration.Commands.Select(command => (command.Name, command.Description)));
        check.Commands(declaration);
        check.Readme(declaration, readme);
        return check._findings;
    }

    private void Option(PatternOption option)
    {
        Require(option.Name.Length > 0, "an option has no name", "name it");
        Require(
            !string.IsNullOrWhiteSpace(option.Description),
            $"the option '{option.Name}' has no description",
            "say what it does: `Description = \"...\"`");
        Require(
            option.Sources.Count > 0,
            $"the option '{option.Name}' has no source",
            "name the manifest's key: `Sources = [new(\"config.NAME\")]`");
        Require(
            option.Min is null || option.Max is null || option.Min <= option.Max,
            $"the option '{option.Name}' has the range {option.Min} to {option.Max}",
            "give Min a value that is not above Max");
        if (option.Default is { } value)
        {
            SizeUnit unit = option.Sources.Count > 0 ? option.Sources[0].Unit : SizeUnit.MB;
            var reading = new OptionReading(option, unit, option.Name);
            reading.Value(new LocatedScalar(value, isPlain: false, new SourceLocation("", 1, 1)));
            _findings.AddRange(reading.Problems.Select(problem => new Finding(
                $"the default '{value}' of the option '{option.Name}' breaks its own rules: {problem.Message}",
                problem.Remedy)));
        }
    }

    private void Fields(PatternOption option)
    {
        bool isList = option.Type == OptionType.ObjectList;
        Require(
            !isList || option.Fields.Count > 0,
            $"the option '{option.Name}' is a list of maps without fields",
            "declare the keys of an item: `Fields = [new() { ... }]`");
        Require(
            isList || option.Fields.Count == 0,
            $"the option '{option.Name}' has fields but is not a list of maps",
            "say `Type = OptionType.ObjectList`, or remove the fields");
        foreach (PatternOption field in option.Fields)
        {
            PatternOption named = field with { Name = field.Name.Length > 0 ? $"{option.Name}[].{field.Name}" : "" };
            Option(named);
            Require(
                field.Type != OptionType.ObjectList,
                $"the field '{named.Name}' is a list of maps itself",
                "give it another type: lists of maps do not nest");
        }

        Unique($"field of '{option.Name}'", option.Fields.Select(field => field.Name));
        Unique(
            $"source in '{option.Name}'",
            option.Fields.SelectMany(field => field.Sources).Select(source => source.Path));
    }

    private void Unique(string kind, IEnumerable<string> names)
    {
        foreach (string name in names.GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key))
        {
            _findings.Add(new($"the {kind} '{name}' is declared twice", $"declare each {kind} only once"));
        }
    }

    private void Described(string kind, IEnumerable<(string Name, string Description)> items)
    {
        var named = items.ToList();
        Unique(kind, named.Select(item => item.Name));
        foreach ((string name, string description) in named)
        {
            Require(name.Length > 0, $"a {kind} has no name", "name it");
            Require(
                !string.IsNullOrWhiteSpace(description),
                $"the {kind} '{name}' has no description",
                "say what it is: `Description = \"...\"`");
        }
    }

    private void Commands(PatternDeclaration declaration)
    {
        foreach (CommandDeclaration command in declaration.Commands)
        {
            Require(
                declaration.Roles.Any(role => role.Name == command.Role),
                $"the command '{command.Name}' runs on the role '{command.Role}', which is not declared",
                "declare the role, or name one that is");
            Require(
                command.Command.Count > 0,
                $"the command '{command.Name}' runs nothing",
                "give it a program and its arguments");
        }
    }

    private void Readme(PatternDeclaration declaration, string? readme)
    {
        Require(readme is not null, "it has no README.md", "write one beside the project; `patterns show` prints it");
        foreach (PatternOption option in declaration.Options.Where(_ => readme is { Length: > 0 }))
        {
            Require(
                readme?.Contains($"`{option.Name}`", StringComparison.Ordinal) == true,
                $"README.md does not name the option `{option.Name}`",
                $"describe it there, with its name as `{option.Name}`");
        }
    }

    private void Require(bool holds, string problem, string remedy)
    {
        if (!holds)
        {
            _findings.Add(new(problem, remedy));
        }
    }
}
