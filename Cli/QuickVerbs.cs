using System.Text;
using TfgridCompose.Cli.Listing;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs.Deployments;

namespace TfgridCompose.Cli;

/// <summary>Verbs that need only files: no option parser, no logging, no pattern's assembly.</summary>
internal static class QuickVerbs
{
    /// <summary>What to print, or null if the command line is not a quick verb's.</summary>
    public static MemoryStream? Answer(string[] args) => args switch
    {
        ["--version"] => Text(Product.VersionLine + "\n"),
        ["patterns", "list"] => Patterns(json: false),
        ["patterns", "list", "--output", "json"] or ["patterns", "list", "--output=json"] => Patterns(json: true),
        ["ps"] => PsVerb.Quickly(Environment.GetEnvironmentVariable, json: false),
        ["ps", "--output", "json"] or ["ps", "--output=json"] => PsVerb.Quickly(Environment.GetEnvironmentVariable, json: true),
        _ => null,
    };

    private static MemoryStream Patterns(bool json) => Text(PatternTable.Of(
        UserPaths.PluginRoots(Environment.GetEnvironmentVariable),
        UserPaths.VerifiedPatterns(Environment.GetEnvironmentVariable),
        json));

    private static MemoryStream Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
    }
}
