using System.Security.Cryptography;
using NuGet.Packaging;
using NuGet.Packaging.Signing;
using TfgridCompose.Core.Foundation.Diagnostics;
using HashAlgorithmName = NuGet.Common.HashAlgorithmName;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// The signature of a package. With a list of authors it must be an author's signature by a listed certificate; without, a signature that
/// is there must fit. The trust is in the list alone: no certificate authority is asked, and no clock.
/// </summary>
internal static class PackageSignature
{
    /// <summary>Who signed, or null: not signed. Throws where the signature does not hold or the author is not listed.</summary>
    public static async Task<PackageSigner?> VerifyAsync(string package, IReadOnlyList<string> authors, PackageProblems problems, CancellationToken cancellation)
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
            // Whatever the library makes of a crafted signature; nothing that it cannot judge passes.
            throw problems.SignatureInvalid(problem.GetBaseException().Message.Split('\n')[0].TrimEnd('.'));
        }
    }

    private static async Task<PackageSigner> VerifyAsync(
        PackageArchiveReader reader, IReadOnlyList<string> authors, PackageProblems problems, CancellationToken cancellation)
    {
        PrimarySignature signature = await reader.GetPrimarySignatureAsync(cancellation) ?? throw problems.SignatureInvalid("it cannot be read");
        var signer = new PackageSigner(
            signature.GetSigningCertificateFingerprint(HashAlgorithmName.SHA256).ToLowerInvariant(),
            PlainText.Of(signature.SignerInfo.Certificate?.Subject ?? ""),
            signature.Type == SignatureType.Author);

        // The integrity provider compares the package with the signed text, and the allow list looks at the certificate; neither of them
        // looks whether that certificate's key signed the text.
        Require(() => signature.SignedCms.CheckSignature(verifySignatureOnly: true), problems);
        await RequireAsync(reader, new IntegrityVerificationProvider(), why => problems.SignatureInvalid(why), cancellation);
        if (authors.Count > 0)
        {
            string who = $"signed by {signer.Subject} ({signer.Fingerprint}), {(signer.IsAuthor ? "who is not listed" : "as a repository and not as its author")}";
            await RequireAsync(reader, AllowList(authors), _ => problems.NotTrusted(who), cancellation);
        }

        return signer;
    }

    private static AllowListVerificationProvider AllowList(IReadOnlyList<string> authors) => new(
        [.. authors.Select(author => new CertificateHashAllowListEntry(
            VerificationTarget.Author, SignaturePlacement.PrimarySignature, author, HashAlgorithmName.SHA256))],
        requireNonEmptyAllowList: true);

    // Not the default policy: it reports what it finds as a warning and calls the package valid.
    private static async Task RequireAsync(
        PackageArchiveReader reader, ISignatureVerificationProvider provider, Func<string, Exception> problem, CancellationToken cancellation)
    {
        VerifySignaturesResult result = await new PackageSignatureVerifier([provider])
            .VerifySignaturesAsync(reader, SignedPackageVerifierSettings.GetVerifyCommandDefaultPolicy(), cancellation);
        if (!result.IsValid)
        {
            throw problem(result.Results.SelectMany(each => each.Issues).FirstOrDefault()?.Message.TrimEnd('.') ?? "its verification failed");
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
