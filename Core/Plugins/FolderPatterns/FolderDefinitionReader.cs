using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Reads a <c>pattern.yaml</c> and the pattern's files, and finds all problems of both.</summary>
internal sealed class FolderDefinitionReader
{
    private static readonly string[] Keys =
    [
        "name", "version", "description", "author", "contract", "requires", "roles", "options", "variables", "inventory",
        "app_targets", "verification", "commands", "outputs", "failure",
    ];

    private readonly TreeReader _reader = new();
    private readonly string _folder;
    private readonly string _file;
    private readonly LocatedMap _root;
    private readonly string _text;

    private FolderDefinitionReader(string folder)
    {
        _folder = folder;
        _file = Path.Combine(folder, PatternYaml.FileName);
        (_root, _text) = Parse(_file);
    }

    /// <summary>Throws one <see cref="DiagnosticException"/> with exit code 8 and all problems.</summary>
    public static FolderDefinition Read(string folder) => new FolderDefinitionReader(folder).Read();

    private static (LocatedMap Root, string Text) Parse(string file)
    {
        try
        {
            string text = BoundedFile.Read(file);
            return (LocatedYaml.Parse(text, file), text);
        }
        catch (DiagnosticException invalid)
        {
            throw new DiagnosticException(ExitCode.Pattern, invalid.Diagnostics, invalid);
        }
    }

    private FolderDefinition Read()
    {
        CheckHead();
        ClosedKeys.Check(_root, Keys, _reader);
        IReadOnlyList<PatternOption> options = new OptionDeclarationReader(_reader).Read(_root);
        IReadOnlyList<RoleSpec> roles = new RoleSpecReader(_reader, options).Read(_root);
        var names = new RoleNames(_reader, roles);
        var files = PatternFolderFiles.Of(_folder);
        IReadOnlyList<TerraformBlock> module = files.RootModule(_folder);
        LocatedMap? inventory = _reader.Map(_root, "inventory");
        var definition = new FolderDefinition
        {
            Declaration = DeclarationOf(options, roles, names),
            Author = _reader.Text(_root, "author"),
            Roles = roles,
            Variables = new VariableMapReader(
                _reader,
                new ValueSourceReader(_reader, options, roles, TerraformFacts.Names)).Read(_root, module),
            Groups = Groups(inventory, roles, names),
            InventoryVariables = InventoryVariables(
                inventory, new ValueSourceReader(_reader, options, roles, InventoryFacts.Names)),
            AppRoles = names.All(_root, "app_targets"),
            Checks = new CheckSpecReader(_reader, names).Read(_root),
            Failure = Failure(),
            Files = files.Files,
            Text = _text,
        };
        CheckFiles(definition, files, module);
        return definition with { Warnings = Settled.Warnings(_reader, ExitCode.Pattern) };
    }

    private void CheckHead()
    {
        foreach ((string key, string what) in PatternYamlHead.Check(
            _reader.Text(_root, "name"), _reader.Text(_root, "version"), _reader.Text(_root, "contract"), out _, out _))
        {
            _reader.Problems.Add(PatternYamlHead.Problem(
                _file, what, _root.Entry(key)?.Value.Location ?? _root.Location));
        }
    }

    private PatternDeclaration DeclarationOf(
        IReadOnlyList<PatternOption> options, IReadOnlyList<RoleSpec> roles, RoleNames names)
    {
        var declaration = new PatternDeclaration
        {
            Options = options,
            Roles = [.. roles.Select(role => new RoleDeclaration { Name = role.Name, Description = role.Description })],
            Outputs = [.. (_reader.Map(_root, "outputs")?.Entries ?? []).Select(entry => new OutputDeclaration
            {
                Name = entry.Key,
                Description = (entry.Value as LocatedScalar)?.Text ?? "",
            })],
            Commands = [.. NamedMaps.Of(_root, "commands", ["description", "role", "command", "in_status"], _reader)
                .Select(pair => Command(pair.Key, pair.Value, names))
                .OfType<CommandDeclaration>()],
        };
        return _root.Entry("requires") is null
            ? declaration
            : declaration with { Requires = [.. _reader.Words(_root, "requires").Select(word => word.Text)] };
    }

    private CommandDeclaration? Command(LocatedEntry entry, LocatedMap body, RoleNames names)
    {
        string[] words = [.. _reader.Items(body, "command").OfType<LocatedScalar>().Select(word => word.Text)];
        if (words.Length == 0 || !PatternName.IsValid(entry.Key))
        {
            _reader.Error(
                FolderPatternCodes.ValueInvalid,
                words.Length == 0
                    ? $"The command '{Excerpt.Of(entry.Key)}' has no program to run."
                    : $"'{Excerpt.Of(entry.Key)}' cannot be a command's name.",
                "Write 'NAME: {command: [PROGRAM, ARGUMENT]}' with a name of lower-case letters, digits and '-'.",
                entry.KeyLocation);
            return null;
        }

        return names.Of(body, "role") is { } role
            ? new CommandDeclaration
            {
                Name = entry.Key,
                Description = _reader.Text(body, "description") ?? "",
                Role = role,
                Command = words,
                InStatus = _reader.Flag(body, "in_status") ?? false,
            }
            : null;
    }

    private Dictionary<string, IReadOnlyList<string>> Groups(
        LocatedMap? inventory, IReadOnlyList<RoleSpec> roles, RoleNames names)
    {
        ClosedKeys.Check(inventory ?? new LocatedMap([], _root.Location), ["groups", "variables"], _reader);
        if (_reader.Map(inventory, "groups") is not { } groups)
        {
            return roles.ToDictionary(role => role.Name.Replace('-', '_'), IReadOnlyList<string> (role) => [role.Name]);
        }

        foreach (LocatedEntry entry in groups.Entries.Where(entry => !IsGroupName(entry.Key)))
        {
            _reader.Error(
                FolderPatternCodes.ValueInvalid,
                $"'{Excerpt.Of(entry.Key)}' cannot be an Ansible group.",
                "Use letters, digits and '_', starting with a letter; the group 'all' always exists.",
                entry.KeyLocation);
        }

        return groups.Entries.ToDictionary(entry => entry.Key, entry => names.All(groups, entry.Key));
    }

    private static bool IsGroupName(string name) =>
        name is not ("" or "all" or "ungrouped")
            && char.IsAsciiLetter(name[0])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private Dictionary<string, ValueSource> InventoryVariables(LocatedMap? inventory, ValueSourceReader sources)
    {
        var variables = new Dictionary<string, ValueSource>(StringComparer.Ordinal);
        foreach (LocatedEntry entry in _reader.Map(inventory, "variables")?.Entries ?? [])
        {
            if (!VariableName.IsValid(entry.Key))
            {
                _reader.Error(
                    FolderPatternCodes.ValueInvalid,
                    $"'{Excerpt.Of(entry.Key)}' cannot be an Ansible variable.",
                    "Use letters, digits and '_', not starting with a digit.",
                    entry.KeyLocation);
            }
            else if (sources.Read(entry) is { } source)
            {
                variables[entry.Key] = source;
            }
        }

        return variables;
    }

    private FailurePolicy Failure()
    {
        LocatedMap? failure = _reader.Map(_root, "failure");
        ClosedKeys.Check(failure ?? new LocatedMap([], _root.Location), ["destroy_before_retry"], _reader);
        IEnumerable<string> addresses = _reader.Words(failure, "destroy_before_retry").Select(word => word.Text);
        return new FailurePolicy { DestroyBeforeRetry = [.. addresses] };
    }

    private void CheckFiles(FolderDefinition definition, PatternFolderFiles files, IReadOnlyList<TerraformBlock> module)
    {
        _reader.Problems.AddRange(files.Problems);
        if (!definition.Files.Any(file => file.Path == PatternYaml.MainFile))
        {
            _reader.Problems.Add(PluginProblems.NoMainFile(
                _reader.Text(_root, "name") ?? Path.GetFileName(_folder), _folder));
            return;
        }

        HashSet<string> outputs = [.. module.Where(block => block.Kind == "output").Select(block => block.Name)];
        foreach (string output in ContractOutputs.Required.Where(output => !outputs.Contains(output)))
        {
            _reader.Error(
                FolderPatternCodes.OutputMissing,
                $"The contract's output '{output}' is missing from the .tf files of "
                    + $"{Path.Combine(_folder, PatternYaml.InfrastructureFolder)}.",
                $"Add `output \"{output}\" {{ value = ... }}` (docs/pattern-contract.md#contract-outputs).",
                new SourceLocation(_file, 1, 1));
        }

        IReadOnlyList<LocatedEntry> declared = _reader.Map(_root, "outputs")?.Entries ?? [];
        foreach (LocatedEntry entry in declared.Where(entry => !outputs.Contains(entry.Key)))
        {
            _reader.Error(
                FolderPatternCodes.OutputMissing,
                $"The output '{Excerpt.Of(entry.Key)}' is missing from the .tf files of "
                    + $"{Path.Combine(_folder, PatternYaml.InfrastructureFolder)}.",
                $"{Meant.Of(entry.Key, outputs)}Add it there, or remove it here.", entry.KeyLocation);
        }
    }
}
