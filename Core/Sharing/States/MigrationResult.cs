namespace TfgridCompose.Core.Sharing.States;

/// <summary>Where a state was and is, and what removes the copy that was left behind.</summary>
public sealed record MigrationResult(string From, string To, string RemoveOld);
