using CommandLine;
using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Core.Plugins.Templates;

namespace TfgridCompose.Cli.Verbs;

/// <summary>Writes what <c>dotnet new tfgrid-pattern</c> writes, for people who have no template installed.</summary>
internal static class PatternsNewVerb
{
    public static Task<int> RunAsync(PatternsNewOptions options, VerbContext context, CancellationToken cancellation)
    {
        PatternTemplate template = PatternTemplate.OfKind(options.Kind);
        var names = TemplateNames.Of(options.Project, options.PatternName);
        string folder = Path.GetFullPath(options.Directory ?? names.Project, context.Here.CurrentFolder);
        IReadOnlyList<string> files = template.Write(folder, names);
        context.Streams.Error.WriteLine($"{files.Count} files of the pattern {names.Pattern}. Next:\n  cd {folder}");
        foreach (string command in Next(options.Kind, names))
        {
            context.Streams.Error.WriteLine($"  {command}");
        }

        context.Streams.Out.WriteLine(folder);
        return Task.FromResult(0);
    }

    private static string[] Next(string kind, TemplateNames names) => kind == "folder"
        ? [$"{Product.Name} patterns test .", $"{Product.Name} patterns pack ."]
        : ["dotnet test", "dotnet pack --output packages", $"{Product.Name} patterns install {names.Project} --source packages"];
}

public sealed class PatternsNewOptions : VerbOptions
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "the project's name, for example Acme.Wiki")]
    public string Project { get; set; } = "";

    [Option("directory", MetaValue = "DIR", HelpText = "where to write; without it, a new folder NAME")]
    public string? Directory { get; set; }

    [Option("pattern-name", MetaValue = "PATTERN", HelpText = "the pattern's name; without it, the last part of NAME: wiki")]
    public string? PatternName { get; set; }

    [Option("kind", MetaValue = "KIND", Default = "csharp", HelpText = "csharp (default), or folder: pattern.yaml, Terraform and Ansible files")]
    public string Kind { get; set; } = "csharp";
}
