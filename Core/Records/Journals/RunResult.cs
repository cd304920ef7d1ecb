namespace TfgridCompose.Core.Records.Journals;

/// <summary>How a run or a phase ended.</summary>
public enum RunResult
{
    Done,
    Failed,
    Cancelled,

    /// <summary>It says no end, and its process is gone: it was killed, or the power went.</summary>
    Interrupted,

    /// <summary>It says no end yet, and its process holds the deployment's lock.</summary>
    Running,
}

public static class RunResults
{
    /// <summary>The word for people and scripts.</summary>
    public static string Word(this RunResult result) => result.ToString().ToLowerInvariant();
}
