namespace TfgridCompose.Core.Tools.Checks;

/// <summary>What the machine says about a port that could not be reached.</summary>
/// <param name="Text">What was seen: <c>nothing listens on port 8080</c>.</param>
/// <param name="Remedy">What to change, or null for the usual advice.</param>
/// <param name="IsLasting">Whether waiting is pointless: something listens, but on an address that cannot be reached.</param>
internal sealed record PortFinding(string Text, string? Remedy, bool IsLasting);
