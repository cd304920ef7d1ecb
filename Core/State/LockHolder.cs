namespace TfgridCompose.Core.State;

/// <summary>Who holds a deployment's lock.</summary>
public sealed record LockHolder(string User, string Host, int ProcessId, string Command, DateTimeOffset Since);
