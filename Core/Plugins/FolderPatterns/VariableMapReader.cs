using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Plugins.Descriptors;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Reads <c>variables</c> and compares it with the variables that the root module declares.</summary>
internal sealed class VariableMapReader(TreeReader reader, ValueSourceReader sources)
{
    public IReadOnlyDictionary<string, ValueSource> Read(LocatedMap root, IReadOnlyList<TerraformBlock> module)
    {
        TerraformBlock[] declared = [.. module.Where(block => block.Kind == "variable")];
        var mapped = new Dictionary<string, ValueSource>(StringComparer.Ordinal);
        IReadOnlyList<LocatedEntry> entries = reader.Map(root, "variables")?.Entries ?? [];
        foreach (LocatedEntry entry in entries)
        {
            CheckDeclared(entry, declared);
            if (sources.Read(entry) is { } source)
            {
                mapped[entry.Key] = source;
            }
        }

        foreach (TerraformBlock variable in declared
            .Where(variable => entries.All(entry => entry.Key != variable.Name)))
        {
            if (sources.OfSameName(variable.Name) is { } source)
            {
                mapped[variable.Name] = source;
            }
            else if (!variable.HasDefault)
            {
                AddNotMapped(root, variable);
            }
        }

        return mapped;
    }

    private void CheckDeclared(LocatedEntry entry, TerraformBlock[] declared)
    {
        string[] names = [.. declared.Select(variable => variable.Name)];
        if (!names.Contains(entry.Key))
        {
            reader.Error(
                FolderPatternCodes.VariableNotDeclared,
                $"The Terraform variable '{Excerpt.Of(entry.Key)}' is declared in no .tf file of "
                    + $"{PatternYaml.InfrastructureFolder}/.",
                $"{Meant.Of(entry.Key, names)}Declare it there (variable \"{Excerpt.Of(entry.Key)}\" {{ ... }}), "
                    + "or remove it here.", entry.KeyLocation);
        }
    }

    private void AddNotMapped(LocatedMap root, TerraformBlock variable) => reader.Error(
        FolderPatternCodes.VariableNotMapped,
        $"The Terraform variable '{variable.Name}' ({variable.Location.File}:{variable.Location.Line}) has no default, "
            + "is not set under 'variables', and has no option or fact of the same name.",
        $"Add '{variable.Name}: option.NAME' or '{variable.Name}: fact.NAME' under 'variables', or give it a default.",
        root.Entry("variables")?.KeyLocation ?? root.Location);
}
