using System.Text;
using TfgridCompose.Cli.Listing;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs.Deployments;

namespace TfgridCompose.Cli;

/// <summary>Verbs that are answered from files alone, without the option parser, logging or a pattern's assembly.</summary>
internal static class QuickVerbs
{
    /// <summary>Whether the answer could be written, or null: not a quick one.</summary>
    public static bool? Answer(string[] args, ByteOutput.Writer output) => args switch
    {
        ["--version"] => Write(Product.VersionLine + "\n", output),
        ["patterns", "list"] => List(json: false, output),
        ["patterns", "list", "--output", "json"] or ["patterns", "list", "--output=json"] => List(json: true, output),
        ["ps"] => PsVerb.Quickly(Environment.GetEnvironmentVariable, json: false, output),
        ["ps", "--output", "json"] or ["ps", "--output=json"] => PsVerb.Quickly(Environment.GetEnvironmentVariable, json: true, output),
        _ => null,
    };

    private static bool List(bool json, ByteOutput.Writer output) => Write(
        PatternTable.Of(
            UserPaths.PluginRoots(Environment.GetEnvironmentVariable),
            UserPaths.VerifiedPatterns(Environment.GetEnvironmentVariable),
            json), output);

    private static bool Write(string text, ByteOutput.Writer output) => output(Encoding.UTF8.GetBytes(text));
}
