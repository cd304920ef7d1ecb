namespace TfgridCompose.Core.Tools.Checks;

/// <summary>What one of the pattern's commands printed just now.</summary>
/// <param name="Name">The command's name.</param>
/// <param name="Description">What it does, for people.</param>
/// <param name="Host">Where it ran.</param>
/// <param name="ExitCode">Its exit code, or null: it did not end in time.</param>
/// <param name="Lines">Its standard output, without control characters.</param>
public sealed record SeenCommand(string Name, string Description, string Host, int? ExitCode, IReadOnlyList<string> Lines);
