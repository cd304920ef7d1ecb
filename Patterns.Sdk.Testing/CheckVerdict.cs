namespace TfgridCompose.Patterns.Sdk.Testing;

internal enum CheckOutcome
{
    Passed,
    Failed,
    NotRun,
}

/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Why it did not pass; empty where it did.</param>
internal sealed record CheckVerdict(CheckOutcome Outcome, string Message);
