using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>Certificates of servers that tests start.</summary>
internal static class SelfSigned
{
    /// <summary>For a server at that address, with its key. It is its own authority.</summary>
    public static X509Certificate2 For(string address)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=an authority for tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var addresses = new SubjectAlternativeNameBuilder();
        addresses.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(addresses.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(2));
    }
}
