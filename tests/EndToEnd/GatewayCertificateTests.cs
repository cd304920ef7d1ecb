using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Certificates from a real ACME server: not before the names lead here, served, renewed, and kept when another proxy takes over.</summary>
public sealed class GatewayCertificateTests
{
    private const string Www = "www.tfgrid-compose.test";
    private const string Shop = "shop.tfgrid-compose.test";
    private const string Backends = "count: 2, services: [{name: web, port: 8080, health_check: /health}]";
    private const string Nowhere = "192.0.2.7";

    [Test]
    public async Task From_a_name_that_leads_elsewhere_to_a_renewed_certificate()
    {
        await using Lab lab = await Lab.CreateAsync();
        await using var authority = new AcmeServer();
        var site = GatewaySite.In(lab, "secure", Gateway("haproxy", authority), Backends);

        // No name leads anywhere: the site runs, on HTTP.
        await site.UpAsync();
        await authority.StartAsync();
        string resolver = await site.OnAsync("gateway", "cat", "/etc/resolv.conf");
        await site.OnAsync("gateway", "sh", "-c", $"echo nameserver {AcmeServer.Address} >/etc/resolv.conf");
        await authority.PointAsync(Www, Nowhere);
        await authority.PointAsync(Shop, Nowhere);
        ProgramResult refused = (await site.CommandAsync("ssl-setup")).MustEndWith(1);
        Assert.That(refused.Output, Does.Contain($"{Www}: no certificate yet, served over HTTP; DNS says {Nowhere}, and this gateway is {site.Address}: correct the A record"));
        Assert.That((await lab.RunAsync("status", site.Folder)).MustEndWith(0).Output, Does.Contain($"DNS says {Nowhere}, and this gateway is {site.Address}"));
        Assert.That((await HttpsSite.AskAsync($"http://{Www}/", site.Address)).Status, Is.EqualTo(HttpStatusCode.OK));

        // An authority that refuses every request is asked again at once, and its own words are shown.
        await authority.PointAsync(Www, site.Address);
        await authority.RestartAsync(rejectedNonces: 100);
        foreach (ProgramResult result in new[] { (await site.CommandAsync("ssl-setup")).MustEndWith(1), (await site.CommandAsync("ssl-status")).MustEndWith(0) })
        {
            Assert.That(result.Output, Does.Match($"{Www}: no certificate yet, .*; the authority says badNonce: JWS has an invalid anti-replay nonce: .*; 3 tries \\(tried "));
        }

        await authority.RestartAsync();

        // One of them leads here now: it does not wait for the other.
        Assert.That((await site.CommandAsync("ssl-setup")).MustEndWith(1).Output, Does.Contain($"{Www}: certificate of ").And.Contain($"{Shop}: no certificate yet"));
        HttpsSite first = await HttpsSite.AskAsync($"https://{Www}/a?b=c", site.Address);
        HttpsSite plain = await HttpsSite.AskAsync($"http://{Www}/a?b=c", site.Address);
        Assert.Multiple(() =>
        {
            Assert.That((first.Status, first.Certificate?.Subject), Is.EqualTo((HttpStatusCode.OK, $"CN={Www}")));
            Assert.That(first.Body, Does.Contain("\"scheme\": \"https\""));
            Assert.That((plain.Status, plain.Location), Is.EqualTo((HttpStatusCode.MovedPermanently, $"https://{Www}/a?b=c")));
        });
        Assert.That((await HttpsSite.AskAsync($"http://{Shop}/", site.Address)).Status, Is.EqualTo(HttpStatusCode.OK));

        // The timer's own work: what is missing, and what ends soon.
        await authority.PointAsync(Shop, site.Address);
        await site.OnAsync("gateway", "sh", "-c", $"cat >/etc/tfgrid-gateway/certs/{Www}.pem <<'PEM'\n{EndingSoon(Www)}\nPEM");
        await site.OnAsync("gateway", "systemctl", "is-enabled", "tfgrid-gateway-tls.timer");
        await site.OnAsync("gateway", "systemctl", "start", "tfgrid-gateway-tls.service");
        HttpsSite renewed = await HttpsSite.AskAsync($"https://{Www}/", site.Address);
        Assert.That((await HttpsSite.AskAsync($"https://{Shop}/", site.Address)).Certificate?.Subject, Is.EqualTo($"CN={Shop}"));
        Assert.That(renewed.Certificate?.Serial, Is.Not.EqualTo(first.Certificate?.Serial));
        Assert.That(renewed.Certificate?.Until, Is.GreaterThan(DateTime.Now.AddDays(15)));
        Assert.That((await lab.RunAsync("status", site.Folder)).MustEndWith(0).Output, Does.Contain($"{Shop}: certificate of "));

        // Nothing is due; by force it is renewed, and nobody's connection is dropped.
        (await site.CommandAsync("ssl-renew")).MustEndWith(0);
        Assert.That((await HttpsSite.AskAsync($"https://{Www}/", site.Address)).Certificate?.Serial, Is.EqualTo(renewed.Certificate?.Serial));
        await MustChangeWithoutADropAsync(site, renewed);

        // Another proxy goes on with the same certificates.
        await site.OnAsync("gateway", "sh", "-c", $"cat >/etc/resolv.conf <<'END'\n{resolver}END");
        HttpsSite before = await HttpsSite.AskAsync($"https://{Www}/", site.Address);
        site.Write(Gateway("nginx", authority), Backends);
        await site.UpAsync();
        HttpsSite after = await HttpsSite.AskAsync($"https://{Www}/", site.Address);
        Assert.That((after.Status, after.Certificate), Is.EqualTo((HttpStatusCode.OK, before.Certificate)));
        Assert.That((await HttpsSite.AskAsync($"http://{Shop}/x", site.Address)).Location, Is.EqualTo($"https://{Shop}/x"));
        await MustChangeWithoutADropAsync(site, after);
        Assert.That(await site.ChangedByAnotherRunAsync(), Has.All.Property("Value").Zero);
        site.Write(Gateway("haproxy", authority), Backends);
        await site.UpAsync();
        Assert.That((await HttpsSite.AskAsync($"http://{Shop}/x", site.Address)).Location, Is.EqualTo($"https://{Shop}/x"));

        // Without certificates nobody is sent to https.
        site.Write("proxy: haproxy", Backends);
        await site.UpAsync();
        Assert.That((await HttpsSite.AskAsync($"http://{Shop}/x", site.Address)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await site.OnAsync("gateway", "ls", "/etc/tfgrid-gateway/certs"), Is.Empty);
    }

    private static async Task MustChangeWithoutADropAsync(GatewaySite site, HttpsSite before)
    {
        await using var load = HttpLoad.Start(site.Address, rate: 100);
        (await site.CommandAsync("ssl-renew", "--force")).MustEndWith(0);
        LoadReport report = await load.EndAsync();
        HttpsSite after = await HttpsSite.AskAsync($"https://{Www}/", site.Address);
        Assert.That((report.Failed.Count, report.ClosedIdle), Is.EqualTo((0, 0)));
        Assert.That(after.Certificate?.Serial, Is.Not.EqualTo(before.Certificate?.Serial));
    }

    private static string Gateway(string proxy, AcmeServer authority) => $$"""
        proxy: {{proxy}}, domains: [{{Www}}, {{Shop}}], ssl: {enabled: true, email: ops@tfgrid-compose.test, acme_directory: "{{authority.DirectoryUrl}}", acme_ca: "{{authority.Certificate.Replace("\n", "\\n", StringComparison.Ordinal)}}"}
        """;

    private static string EndingSoon(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-80), DateTimeOffset.UtcNow.AddDays(10));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}";
    }
}
