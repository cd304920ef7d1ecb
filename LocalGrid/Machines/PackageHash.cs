namespace TfgridCompose.LocalGrid.Machines;

/// <summary>What a signed list says about a package's file.</summary>
/// <param name="Sha256">Hexadecimal, lower case.</param>
internal sealed record PackageHash(long Length, string Sha256);
