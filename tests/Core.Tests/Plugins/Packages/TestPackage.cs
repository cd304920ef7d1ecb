using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NuGet.Packaging.Signing;
using TfgridCompose.Core.Tests.Plugins.FolderPatterns;
using TfgridCompose.Core.Tests.Plugins.Loading;
using HashAlgorithmName = NuGet.Common.HashAlgorithmName;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>A package under construction: what is in its archive, byte for byte, good or bad.</summary>
internal sealed class TestPackage
{
    public const string Id = "Acme.Pattern.Good";
    private const int RegularFile = 0x81A4;
    private const int Folder = 0x41ED;

    private readonly List<(string Name, byte[] Content, int Mode)> _entries = [];

    public TestPackage(string id = Id, string version = "1.0.0", string? type = "TfgridComposePattern", string pattern = "good")
    {
        string types = type is null ? "" : $"<packageTypes><packageType name=\"{type}\" /></packageTypes>";
        Add($"{id}.nuspec", $"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>{version}</version><authors>acme</authors><description>A pattern.</description>{types}</metadata>
            </package>
            """);
        foreach (string file in Directory.GetFiles(PluginFolders.StagedFolder(pattern)).Order(StringComparer.Ordinal))
        {
            Add($"pattern/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        }
    }

    /// <summary>A package of a folder pattern, as <c>patterns pack</c> would make it.</summary>
    public static TestPackage OfFolder()
    {
        var package = new TestPackage();
        foreach (string name in package.Names.Where(name => name.StartsWith("pattern/", StringComparison.Ordinal)))
        {
            package.Remove(name);
        }

        return package
            .Add("pattern/pattern.yaml", PatternFolder.Minimal)
            .Add("pattern/infrastructure/main.tf", "variable \"node_id\" { type = number }\n")
            .Add("pattern/infrastructure/outputs.tf", PatternFolder.Outputs);
    }

    public IReadOnlyList<string> Names => [.. _entries.Select(entry => entry.Name)];

    public static X509Certificate2 NewCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            $"CN={name}",
            key,
            System.Security.Cryptography.HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: true));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: false,
            hasPathLengthConstraint: false,
            0,
            critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public static string Fingerprint(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    public static byte[] Sign(byte[] package, X509Certificate2 certificate)
    {
        // The request disposes of its certificate.
        using var request = new AuthorSignPackageRequest(new X509Certificate2(certificate), HashAlgorithmName.SHA256);
        return Sign(package, request);
    }

    public static byte[] SignAsRepository(byte[] package, X509Certificate2 certificate)
    {
        using var request = new RepositorySignPackageRequest(
            new X509Certificate2(certificate), HashAlgorithmName.SHA256, HashAlgorithmName.SHA256, new Uri(
                "https://feed.example/v3/index.json"),
            [
                "acme",
            ]);
        return Sign(package, request);
    }

    public byte[] Read(string name) => _entries.Single(entry => entry.Name == name).Content;

    public TestPackage Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    public TestPackage Add(string name, byte[] content, int mode = RegularFile)
    {
        _entries.Add((name, content, mode));
        return this;
    }

    public TestPackage Replace(string name, byte[] content)
    {
        Remove(name);
        return Add(name, content);
    }

    public TestPackage Remove(string name)
    {
        _entries.RemoveAll(entry => entry.Name == name);
        return this;
    }

    public TestPackage Rename(string name, string other)
    {
        byte[] content = Read(name);
        return Remove(name).Add(other, content);
    }

    public byte[] Bytes()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content, int mode) in _entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Fastest);
                entry.ExternalAttributes = (mode == RegularFile && name.EndsWith('/') ? Folder : mode) << 16;
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero);
                using Stream target = entry.Open();
                target.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Sign(byte[] package, SignPackageRequest request)
    {
        using var input = new MemoryStream(package);
        using var output = new MemoryStream();
        using var options = new SigningOptions(
            new Lazy<Stream>(() => input), new Lazy<Stream>(
                () => output), overwrite: false, new X509SignatureProvider(timestampProvider: null), NuGet.Common.NullLogger.Instance);
        SigningUtility.SignAsync(options, request, CancellationToken.None).GetAwaiter().GetResult();
        return output.ToArray();
    }
}
