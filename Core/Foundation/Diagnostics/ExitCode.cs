namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>The process exit codes; the table for people is in docs/troubleshooting.md.</summary>
public enum ExitCode
{
    Done = 0,
    Bug = 1,
    Usage = 2,
    Prerequisite = 3,
    Infrastructure = 4,
    Application = 5,
    Verification = 6,
    Conflict = 7,
    Pattern = 8,
    /// <summary><c>status</c>: the last run did not end well.</summary>
    NotRunning = 9,
    HasChanges = 10,
    Cancelled = 130,
}
