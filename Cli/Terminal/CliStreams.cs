namespace TfgridCompose.Cli.Terminal;

/// <summary>Where a verb reads and writes. Tests pass their own streams, so that the whole CLI runs in process.</summary>
/// <param name="Out">The result.</param>
/// <param name="Error">Progress and problems.</param>
/// <param name="In">Answers to questions.</param>
/// <param name="IsInteractive">Whether a person can answer.</param>
public sealed record CliStreams(TextWriter Out, TextWriter Error, TextReader In, bool IsInteractive)
{
    /// <summary>Whether nobody reads the result any more.</summary>
    public Func<bool> ReaderIsGone { get; init; } = () => false;

    /// <summary>Discards what was typed before a question appeared: it does not answer that question.</summary>
    public Action DiscardTyped { get; init; } = () => { };
}
