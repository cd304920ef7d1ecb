namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Whose certificate a package is signed with.</summary>
/// <param name="Fingerprint">SHA-256 of the certificate, lower-case.</param>
/// <param name="Subject">What the certificate says of itself.</param>
/// <param name="IsAuthor">False: a repository signed it.</param>
public sealed record PackageSigner(string Fingerprint, string Subject, bool IsAuthor);
