using System.Security.Cryptography;
using NuGet.Packaging;
using NuGet.Packaging.Signing;
using TfgridCompose.Core.Foundation.Diagnostics;
using HashAlgorithmName = NuGet.Common.HashAlgorithmName;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// Verifies the signature of a package. With a list of authors, it must be an author signature with a listed
/// certificate. Without a list, a signature is optional but must be valid. Trust comes from the list alone: neither a
/// certificate authority nor an expiry date is checked.
/// </summary>
internal static class PackageSignature
{
    /// <summary>
    /// The signer, or null if the package is not signed. Throws if the signature is invalid or the author is not
    /// listed.
    /// </summary>
    public static async Task<PackageSigner?> VerifyAsync(
        string package,
        IReadOnlyList<string> authors,
        PackageProblems problems,
        CancellationToken cancellation)
    {
        try
        {
            using var reader = new PackageArchiveReader(package);
            if (!await reader.IsSignedAsync(cancellation))
            {
                return authors.Count == 0 ? null : throw problems.NotTrusted("not signed");
            }

            return await VerifyAsync(reader, authors, problems, cancellation);
        }
        catch (Exception problem) when (problem is not (DiagnosticException or OperationCanceledException))
        {
            // Any exception for a crafted signature: what the library cannot verify is refused.
            throw problems.SignatureInvalid(problem.GetBaseException().Message.Split('\n')[0].TrimEnd('.'));
        }
    }

    private static async Task<PackageSigner> VerifyAsync(
        PackageArchiveReader reader,
        IReadOnlyList<string> authors,
        PackageProblems problems,
        CancellationToken cancellation)
    {
        PrimarySignature signature =
            await reader.GetPrimarySignatureAsync(cancellation) ?? throw problems.SignatureInvalid("it cannot be read");
        var signer = new PackageSigner(
            signature.GetSigningCertificateFingerprint(HashAlgorithmName.SHA256).ToLowerInvariant(),
            PlainText.Of(signature.SignerInfo.Certificate?.Subject ?? ""),
            signature.Type == SignatureType.Author);

        // The integrity provider compares the package with the signed text, and the allow list checks the certificate.
        // Neither of them checks that the certificate's key signed the text.
        Require(() => signature.SignedCms.CheckSignature(verifySignatureOnly: true), problems);
        await RequireAsync(
            reader,
            new IntegrityVerificationProvider(),
            why => problems.SignatureInvalid(why),
            cancellation);
        if (authors.Count > 0)
        {
            string who = $"signed by {signer.Subject} ({signer.Fingerprint}), "
                + $"{(signer.IsAuthor ? "who is not listed" : "as a repository, not as its author")}";
            await RequireAsync(reader, AllowList(authors), _ => problems.NotTrusted(who), cancellation);
        }

        return signer;
    }

    private static AllowListVerificationProvider AllowList(IReadOnlyList<string> authors) => new(
        [.. authors.Select(author => new CertificateHashAllowListEntry(
            VerificationTarget.Author, SignaturePlacement.PrimarySignature, author, HashAlgorithmName.SHA256))],
        requireNonEmptyAllowList: true);

    // Not the default policy, which reports problems as warnings and accepts the package.
    private static async Task RequireAsync(
        PackageArchiveReader reader,
        ISignatureVerificationProvider provider,
        Func<string, Exception> problem,
        CancellationToken cancellation)
    {
        VerifySignaturesResult result = await new PackageSignatureVerifier([provider])
            .VerifySignaturesAsync(reader, SignedPackageVerifierSettings.GetVerifyCommandDefaultPolicy(), cancellation);
        if (!result.IsValid)
        {
            throw problem(result.Results.SelectMany(each => each.Issues).FirstOrDefault()?.Message.TrimEnd('.')
                ?? "its verification failed");
        }
    }

    private static void Require(Action check, PackageProblems problems)
    {
        try
        {
            check();
        }
        catch (CryptographicException problem)
        {
            throw problems.SignatureInvalid(problem.Message.TrimEnd('.'));
        }
    }
}
