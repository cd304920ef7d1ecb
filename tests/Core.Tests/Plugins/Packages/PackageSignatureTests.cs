using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PackageSignatureTests : IDisposable
{
    private static readonly X509Certificate2 Acme = TestPackage.NewCertificate("Acme");
    private static readonly X509Certificate2 Stranger = TestPackage.NewCertificate("Stranger");
    private readonly PackageLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_package_of_a_listed_author_is_installed()
    {
        Trust(Stranger, Acme);
        _lab.Publish(TestPackage.Sign(new TestPackage().Bytes(), Acme));

        InstalledPattern installed = await _lab.InstallAsync();

        Assert.That(installed.Signer, Is.EqualTo(new PackageSigner(TestPackage.Fingerprint(Acme), "CN=Acme", IsAuthor: true)));
        Assert.That(installed.IsAuthorTrusted);
    }

    [Test]
    public void A_package_of_an_unlisted_author_is_refused_and_the_author_is_named()
    {
        Trust(Acme);
        _lab.Publish(TestPackage.Sign(new TestPackage().Bytes(), Stranger));

        Assert.That(
            _lab.Refused(PackageCodes.AuthorNotTrusted).Message,
            Does.Contain("CN=Stranger").And.Contain(TestPackage.Fingerprint(Stranger)));
    }

    [Test]
    public void An_unsigned_package_is_refused_where_authors_are_listed()
    {
        Trust(Acme);
        _lab.Publish();

        Assert.That(_lab.Refused(PackageCodes.AuthorNotTrusted).Message, Does.Contain("not signed"));
    }

    [Test]
    public void A_repositorys_signature_is_not_its_authors()
    {
        Trust(Acme);
        _lab.Publish(TestPackage.SignAsRepository(new TestPackage().Bytes(), Acme));

        Assert.That(_lab.Refused(PackageCodes.AuthorNotTrusted).Message, Does.Contain("as a repository"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_signed_package_that_was_altered_is_refused_with_and_without_a_list(bool listed)
    {
        Trust(listed ? [Acme] : []);
        byte[] signed = TestPackage.Sign(new TestPackage().Bytes(), Acme);
        _lab.Publish(WithOneMoreFile(signed));

        _lab.Refused(PackageCodes.SignatureInvalid);
    }

    // The certificate and the signed text are Acme's own; only the signature's value is not. Checking fingerprint and
    // hash alone lets it through.
    [TestCase(true)]
    [TestCase(false)]
    public void A_signature_that_the_certificates_key_did_not_make_is_refused(bool listed)
    {
        Trust(listed ? [Acme] : []);
        _lab.Publish(WithForgedValue(TestPackage.Sign(new TestPackage().Bytes(), Acme)));

        _lab.Refused(PackageCodes.SignatureInvalid);
    }

    [Test]
    public async Task Without_a_list_a_signature_that_fits_is_accepted_from_anybody()
    {
        _lab.Publish(TestPackage.Sign(new TestPackage().Bytes(), Stranger));

        InstalledPattern installed = await _lab.InstallAsync();

        Assert.That(installed.Signer!.Subject, Is.EqualTo("CN=Stranger"));
        Assert.That(installed.IsAuthorTrusted, Is.False);
    }

    private void Trust(params X509Certificate2[] authors) =>
        _lab.Config = new UserConfig(Grid: null, []) { TrustedAuthors = [.. authors.Select(TestPackage.Fingerprint)] };

    private static byte[] WithOneMoreFile(byte[] package)
    {
        using var stream = new MemoryStream();
        stream.Write(package);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            byte[] signature = SignatureOf(package);
            archive.GetEntry(".signature.p7s")!.Delete();
            using (Stream added = archive.CreateEntry("pattern/added.txt").Open())
            {
                added.Write("added"u8);
            }

            using Stream again = archive.CreateEntry(".signature.p7s", CompressionLevel.NoCompression).Open();
            again.Write(signature);
        }

        return stream.ToArray();
    }

    private static byte[] WithForgedValue(byte[] package)
    {
        byte[] forged = [.. package];
        byte[] signature = SignatureOf(package);
        int start = package.AsSpan().IndexOf(signature);
        var cms = new System.Security.Cryptography.Pkcs.SignedCms();
        cms.Decode(signature);
        int value = start + signature.AsSpan().IndexOf(cms.SignerInfos[0].GetSignature());
        forged[value + 10] ^= 1;
        ReplaceChecksum(forged, Crc(signature), Crc(forged.AsSpan(start, signature.Length)));
        return forged;
    }

    private static byte[] SignatureOf(byte[] package)
    {
        using var archive = new ZipArchive(new MemoryStream(package));
        using var content = new MemoryStream();
        using Stream entry = archive.GetEntry(".signature.p7s")!.Open();
        entry.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Crc(ReadOnlySpan<byte> content)
    {
        using var measured = new MeasuredStream(Stream.Null, long.MaxValue);
        measured.Write(content);
        return BitConverter.GetBytes(measured.Crc32);
    }

    // In the entry's own header and in the directory.
    private static void ReplaceChecksum(byte[] package, byte[] old, byte[] changed)
    {
        for (int at = package.AsSpan().IndexOf(old); at >= 0; at = package.AsSpan().IndexOf(old))
        {
            changed.CopyTo(package, at);
        }
    }
}
