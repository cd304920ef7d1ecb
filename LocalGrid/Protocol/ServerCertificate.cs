using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>go-plugin's mutual TLS: each side makes a certificate for this run, and the other side compares it.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private readonly byte[] _client;

    private ServerCertificate(X509Certificate2 certificate, byte[] client)
    {
        Certificate = certificate;
        _client = client;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Go decodes base64 without padding here.</summary>
    public string ForHandshake => Convert.ToBase64String(Certificate.RawData).TrimEnd('=');

    /// <summary>Null if TLS is off (TF_DISABLE_PLUGIN_TLS).</summary>
    public static ServerCertificate? ForClient(string? clientPem)
    {
        if (string.IsNullOrEmpty(clientPem))
        {
            return null;
        }

        using var client = X509Certificate2.CreateFromPem(clientPem);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new ServerCertificate(request.CreateSelfSigned(now.AddMinutes(-1), now.AddDays(30)), client.RawData);
    }

    public bool IsClient(X509Certificate2 certificate) => certificate.RawData.AsSpan().SequenceEqual(_client);

    public void Dispose() => Certificate.Dispose();
}
