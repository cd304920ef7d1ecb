namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>The signer of a package.</summary>
/// <param name="Fingerprint">SHA-256 of the certificate, lower-case.</param>
/// <param name="Subject">The certificate's subject.</param>
/// <param name="IsAuthor">False if a repository signed it.</param>
public sealed record PackageSigner(string Fingerprint, string Subject, bool IsAuthor);
