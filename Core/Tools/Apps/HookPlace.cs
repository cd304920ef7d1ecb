namespace TfgridCompose.Core.Tools.Apps;

/// <summary>Where a hook runs and what keeps its output.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="LogFile">On this machine.</param>
/// <param name="OneOfSeveral">Whether other hosts carry the app too.</param>
public sealed record HookPlace(string Host, string LogFile, bool OneOfSeveral);
