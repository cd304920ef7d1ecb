using TfgridCompose.MutantHost;

namespace TfgridCompose.Mutants.Runs;

/// <summary>What tests did.</summary>
internal sealed record HostResult(IReadOnlyList<TestEvent> Events, bool WasSilent)
{
    public IEnumerable<TestEvent> Failed => Events.Where(each => each.Kind == "failed");

    /// <summary>It came to its end by itself.</summary>
    public bool IsWhole => Events.Any(each => each.Kind == "end");

    /// <summary>What ran when the process died or was ended; null between tests.</summary>
    public TestEvent? Running => Events is [.., { Kind: "start" } last] ? last : null;

    public bool Passed => IsWhole && !Failed.Any();

    /// <summary>Why it did not pass, in a word or a few.</summary>
    public string Failure => Failed.FirstOrDefault() is { } failed ? Line(failed.Message)
        : WasSilent ? "time limit"
        : "the process died";

    private static string Line(string message) => message.ReplaceLineEndings(" ").Trim();
}
