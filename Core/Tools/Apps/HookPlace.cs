namespace TfgridCompose.Core.Tools.Apps;

/// <summary>Where a hook runs and where its output is logged.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="LogFile">The log file on this machine.</param>
/// <param name="OneOfSeveral">Whether the app is installed on other hosts too.</param>
public sealed record HookPlace(string Host, string LogFile, bool OneOfSeveral);
