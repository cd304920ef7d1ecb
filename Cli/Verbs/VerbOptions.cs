using CommandLine;

namespace TfgridCompose.Cli.Verbs;

/// <summary>
/// The base of every verb's options: catches the words beyond the declared ones, which the parser would drop without a
/// sound.
/// </summary>
public abstract class VerbOptions
{
    private const int AfterAllOthers = 99;

    [Value(AfterAllOthers, Hidden = true)]
    public IEnumerable<string> Extra { get; set; } = [];
}
