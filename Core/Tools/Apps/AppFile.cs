namespace TfgridCompose.Core.Tools.Apps;

/// <summary>A file of the app that travels.</summary>
/// <param name="HostPath">Where it goes, without the leading slash: <c>tmp/app-source/server.py</c>.</param>
/// <param name="LocalPath">Where it is on this machine.</param>
public sealed record AppFile(string HostPath, string LocalPath);
