namespace TfgridCompose.Core.Manifests;

/// <summary>Where the app logs: a systemd unit, a file or folder on its host, or both.</summary>
public sealed record AppLogs(string? Service, string? Location);
