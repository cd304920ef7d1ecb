namespace TfgridCompose.Patterns.Sdk;

/// <summary>A TCP port that the app listens on, from the manifest's <c>resources.ports</c>.</summary>
/// <param name="Number">1 to 65535.</param>
/// <param name="Name">
/// The protocol or service: <c>http</c>, <c>https</c>, <c>ssh</c>, <c>postgres</c>; empty if the manifest has none.
/// </param>
public sealed record PortSpec(int Number, string Name = "");
