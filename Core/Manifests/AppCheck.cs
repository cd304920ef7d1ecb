using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>A check of the app, from the manifest's <c>status</c>.</summary>
public abstract record AppCheck(SourceLocation Location);

/// <summary>A systemd unit is active on the app's host.</summary>
public sealed record AppServiceCheck(string Service, SourceLocation Location) : AppCheck(Location);

/// <summary>An HTTP request gets the expected status; without a port, on the one that the app uses.</summary>
public sealed record AppHttpCheck(
    int? Port, string Path, int ExpectedStatus, SourceLocation Location) : AppCheck(Location);
