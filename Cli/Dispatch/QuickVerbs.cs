using System.Text;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Verbs;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>Verbs that are answered from files alone, without the option parser, logging or a pattern's assembly.</summary>
internal static class QuickVerbs
{
    /// <summary>Whether the answer could be written to standard output, or null: not a quick one.</summary>
    public static bool? Answer(string[] args) => args switch
    {
        ["--version"] => Write(Product.VersionLine + "\n"),
        ["patterns", "list"] => List(json: false),
        ["patterns", "list", "--output", "json"] or ["patterns", "list", "--output=json"] => List(json: true),
        ["ps"] => PsVerb.Quickly(Environment.GetEnvironmentVariable, json: false),
        ["ps", "--output", "json"] or ["ps", "--output=json"] => PsVerb.Quickly(Environment.GetEnvironmentVariable, json: true),
        _ => null,
    };

    private static bool List(bool json) => Write(PatternTable.Of(
        UserPaths.PluginRoots(Environment.GetEnvironmentVariable), UserPaths.VerifiedPatterns(Environment.GetEnvironmentVariable), json));

    private static bool Write(string text) => StandardOutput.Write(Encoding.UTF8.GetBytes(text));
}
