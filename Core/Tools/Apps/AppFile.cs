namespace TfgridCompose.Core.Tools.Apps;

/// <summary>A file of the app that is copied to the hosts.</summary>
/// <param name="HostPath">Its path on the host, without the leading slash: <c>tmp/app-source/server.py</c>.</param>
/// <param name="LocalPath">Its path on this machine.</param>
public sealed record AppFile(string HostPath, string LocalPath);
