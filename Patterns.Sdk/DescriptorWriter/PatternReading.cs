using System.Composition;
using System.Reflection;
using TfgridCompose.Core.Tools.Terraform.Source;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.DescriptorWriter;

/// <summary>Reads a pattern's data from its built assembly, and checks it.</summary>
internal sealed class PatternReading
{
    private readonly List<BuildError> _errors = [];

    public PatternMetadata Metadata { get; private set; } = new();

    public PatternDeclaration Declaration { get; private set; } = new();

    public IReadOnlyList<BuildError> Errors => _errors;

    public static PatternReading Of(string assembly)
    {
        var reading = new PatternReading();
        try
        {
            reading.Read(new PluginLoadContext(assembly).LoadFromAssemblyPath(assembly));
        }
        catch (Exception problem)
        {
            // The plugin's own code runs here, so any exception is possible.
            Exception cause = problem.GetBaseException();
            reading.Add(
                BuildError.NotLoadable, $"The pattern cannot be created: {cause.GetType().Name}: {cause.Message}");
        }

        return reading;
    }

    /// <summary>Differences between the project and the class.</summary>
    public IEnumerable<BuildError> DifferencesTo(Arguments project)
    {
        if (Metadata.Name.Length > 0 && project.Id.Length > 0 && Metadata.Name != project.Id)
        {
            yield return new(
                BuildError.IdDiffers,
                $"PatternId is '{project.Id}' but the class exports '{Metadata.Name}'; "
                    + $"set <PatternId>{Metadata.Name}</PatternId> or remove it.");
        }

        if (Metadata.Version.Length > 0 && Metadata.Version != project.Version)
        {
            yield return new(
                BuildError.VersionDiffers,
                $"The project's Version is '{project.Version}' but the class exports '{Metadata.Version}'; "
                    + "use PatternBuild.Version in [ExportPattern].");
        }
    }

    private void Read(Assembly assembly)
    {
        Type[] exports = [.. assembly.GetTypes().Where(type => Exports(type).Any())];
        if (exports.Length == 0)
        {
            Add(
                BuildError.NoExport,
                "No class exports a pattern; add [ExportPattern(name, version, description)] to the class that derives from Pattern.");
            return;
        }

        if (exports.Length > 1)
        {
            string names = string.Join(" and ", exports.Select(type => type.Name));
            Add(BuildError.SeveralExports, $"{names} each export a pattern; a plugin must have exactly one.");
            return;
        }

        ReadMetadata(exports[0]);
        if (Activator.CreateInstance(exports[0]) is IPattern pattern)
        {
            Declaration = pattern.Declaration;
            CheckFiles(pattern.Files);
        }
    }

    private static IEnumerable<ExportAttribute> Exports(Type type) =>
        type.GetCustomAttributes<ExportAttribute>(inherit: false)
            .Where(export => export.ContractType == typeof(IPattern));

    private void ReadMetadata(Type type)
    {
        if (type.GetCustomAttribute<ExportPatternAttribute>()
            is not { Name.Length: > 0, Version.Length: > 0, Description.Length: > 0 } export)
        {
            Add(
                BuildError.Metadata,
                $"{type.Name} is exported without a name, version or description; use [ExportPattern(name, version, description)].");
            return;
        }

        Metadata = new PatternMetadata
        {
            Name = export.Name,
            Version = export.Version,
            Description = export.Description,
        };
        if (!PatternName.IsValid(export.Name))
        {
            Add(BuildError.Metadata, $"The name '{export.Name}' is not made of {PatternName.Rule}.");
        }
    }

    private void CheckFiles(IReadOnlyList<PatternFile> files)
    {
        if (!files.Any(file => file.Path == "infrastructure/main.tf"))
        {
            Add(
                BuildError.NoMainFile,
                "The pattern has no infrastructure/main.tf; put it at Resources/infrastructure/main.tf.");
        }

        var module = new TerraformModule(files.Where(IsRootModule).Select(Text));
        foreach (string output in ContractOutputs.Required.Except(module.Outputs))
        {
            Add(
                BuildError.NoOutput,
                $"The contract's output '{output}' is missing; "
                    + $"add `output \"{output}\" {{ value = ... }}` to Resources/infrastructure/outputs.tf.");
        }
    }

    private static bool IsRootModule(PatternFile file) =>
        Path.GetDirectoryName(file.Path) == "infrastructure" && file.Path.EndsWith(".tf", StringComparison.Ordinal);

    private static string Text(PatternFile file)
    {
        using var reader = new StreamReader(file.Open());
        return reader.ReadToEnd();
    }

    private void Add(string code, string message) => _errors.Add(new BuildError(code, message));
}
