namespace TfgridCompose.Patterns.Sdk.Testing;

internal enum CheckOutcome
{
    Passed,
    Failed,
    NotRun,
}

/// <summary>The result of a check.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Message">Why it did not pass; empty if it passed.</param>
internal sealed record CheckVerdict(CheckOutcome Outcome, string Message);
