using System.Text;
using TfgridCompose.Cli.Listing;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs.Deployments;

namespace TfgridCompose.Cli;

/// <summary>Verbs that need only files: no option parser, no logging, no pattern's assembly.</summary>
internal static class QuickVerbs
{
    /// <summary>Prints the answer; null if the command line is not a quick verb's.</summary>
    public static Action<Stream>? Answer(string[] args) => args switch
    {
        ["--version"] => Text(Product.VersionLine + "\n"),
        ["patterns", "list"] => Patterns(json: false),
        ["patterns", "list", "--output", "json"] or ["patterns", "list", "--output=json"] => Patterns(json: true),
        ["ps"] => PsVerb.Quickly(Environment.GetEnvironmentVariable, json: false),
        ["ps", "--output", "json"] or ["ps", "--output=json"] => PsVerb.Quickly(Environment.GetEnvironmentVariable, json: true),
        _ => null,
    };

    private static Action<Stream> Patterns(bool json) => Text(PatternTable.Of(
        UserPaths.PluginRoots(Environment.GetEnvironmentVariable),
        UserPaths.VerifiedPatterns(Environment.GetEnvironmentVariable),
        json));

    private static Action<Stream> Text(string text) => output => output.Write(Encoding.UTF8.GetBytes(text));
}
