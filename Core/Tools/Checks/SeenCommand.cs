namespace TfgridCompose.Core.Tools.Checks;

/// <summary>The result of one of the pattern's commands.</summary>
/// <param name="Name">The command's name.</param>
/// <param name="Description">What it does, to display.</param>
/// <param name="Host">Where it ran.</param>
/// <param name="ExitCode">Its exit code, or null if it timed out.</param>
/// <param name="Lines">Its standard output, without control characters.</param>
public sealed record SeenCommand(
    string Name, string Description, string Host, int? ExitCode, IReadOnlyList<string> Lines);
