using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Templates;

/// <summary>
/// The names for a template's placeholders. They are derived from the project's name by the same rules as the "forms"
/// in template.json, which <c>dotnet new</c> uses; a test compares the two.
/// </summary>
public sealed partial record TemplateNames
{
    private TemplateNames(string project, string pattern) => (Project, Pattern) = (project, pattern);

    /// <summary>The project's name: <c>Acme.TeamWiki</c>.</summary>
    public string Project { get; }

    /// <summary>The pattern's name: <c>team-wiki</c>.</summary>
    public string Pattern { get; }

    /// <summary>The start of the class's name: <c>TeamWiki</c>.</summary>
    public string Class =>
        NoLeadingDigit(string.Concat(Kebab(Project)
            .Split('-')
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..])));

    /// <summary>The namespace: <c>Acme.TeamWiki</c>.</summary>
    public string Namespace => NoLeadingDigit(Special().Replace(Project, "_"));

    /// <summary>The names for a project. Throws if one of them is not valid.</summary>
    /// <param name="project">Letters, digits, dots, dashes and underscores.</param>
    /// <param name="pattern">The pattern's name, if it is not derived from the project's.</param>
    public static TemplateNames Of(string project, string? pattern)
    {
        if (!ProjectName().IsMatch(project))
        {
            throw Unusable(
                $"'{project}' cannot be a project's name.",
                "use letters, digits, dots, dashes and underscores, starting with a letter or digit: Acme.Wiki");
        }

        string name = pattern ?? Kebab(project);
        return PatternName.IsValid(name)
            ? new TemplateNames(project, name)
            : throw Unusable($"'{name}' cannot be a pattern's name.", $"use {PatternName.Rule}: --pattern-name wiki");
    }

    /// <summary>A template's text or path with its placeholders replaced.</summary>
    public string Fill(string text) => text
        .Replace("Acme-Sample", Project, StringComparison.Ordinal)
        .Replace("SampleNamespace", Namespace, StringComparison.Ordinal)
        .Replace("SampleClass", Class, StringComparison.Ordinal)
        .Replace("sample-pattern-name", Pattern, StringComparison.Ordinal);

    private static string Kebab(string project)
    {
        string last = project[(project.LastIndexOf('.') + 1)..];
        string words = AcronymEnd().Replace(WordStart().Replace(last, "$1-$2"), "$1-$2");
        return Others().Replace(words, "-").Trim('-').ToLowerInvariant();
    }

    private static string NoLeadingDigit(string name) => LeadingDigit().Replace(name, "$1_$2");

    private static DiagnosticException Unusable(string message, string remedy) =>
        new(ExitCode.Usage, PatternTemplateCodes.NameUnusable, message, remedy);

    // Every part between dots must contain a letter or digit, or nothing would be left of it.
    [GeneratedRegex(@"\A(?=.{1,100}\z)[A-Za-z0-9][A-Za-z0-9_-]*(\.[_-]*[A-Za-z0-9][A-Za-z0-9_-]*)*\z")]
    private static partial Regex ProjectName();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex WordStart();

    [GeneratedRegex("([A-Z])([A-Z][a-z])")]
    private static partial Regex AcronymEnd();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Others();

    [GeneratedRegex("[^A-Za-z0-9_.]")]
    private static partial Regex Special();

    [GeneratedRegex(@"(^|\.)([0-9])")]
    private static partial Regex LeadingDigit();
}
