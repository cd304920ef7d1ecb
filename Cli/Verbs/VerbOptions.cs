using CommandLine;

namespace TfgridCompose.Cli.Verbs;

/// <summary>The base of every verb's options. It collects surplus words, which the parser would drop silently.</summary>
public abstract class VerbOptions
{
    private const int AfterAllOthers = 99;

    [Value(AfterAllOthers, Hidden = true)]
    public IEnumerable<string> Extra { get; set; } = [];
}
