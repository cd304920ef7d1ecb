namespace TfgridCompose.Core.Records.Journals;

/// <summary>How a run or a phase ended.</summary>
public enum RunResult
{
    Done,
    Failed,
    Cancelled,

    /// <summary>No end was recorded and its process is gone: it was killed, or the power failed.</summary>
    Interrupted,

    /// <summary>No end is recorded yet, and its process holds the deployment's lock.</summary>
    Running,
}

public static class RunResults
{
    /// <summary>The word that people and scripts see.</summary>
    public static string Word(this RunResult result) => result.ToString().ToLowerInvariant();
}
