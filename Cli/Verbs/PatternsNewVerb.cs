using CommandLine;
using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Core.PatternTemplates;

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
        context.Streams.Error.WriteLine($"""
            {files.Count} files of the pattern {names.Pattern}. Next:
              cd {folder}
              dotnet test
              dotnet pack --output packages
              {Product.Name} patterns install {names.Project} --source packages
            """);
        context.Streams.Out.WriteLine(folder);
        return Task.FromResult(0);
    }
}

public sealed class PatternsNewOptions : VerbOptions
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "the project's name, for example Acme.Wiki")]
    public string Project { get; set; } = "";

    [Option("directory", MetaValue = "DIR", HelpText = "where to write; without it, a new folder NAME")]
    public string? Directory { get; set; }

    [Option("pattern-name", MetaValue = "PATTERN", HelpText = "the pattern's name; without it, the last part of NAME: wiki")]
    public string? PatternName { get; set; }

    [Option("kind", MetaValue = "KIND", Default = "csharp", HelpText = "how the pattern is written: csharp (default)")]
    public string Kind { get; set; } = "csharp";
}
