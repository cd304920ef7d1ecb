using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// Certificates from a real ACME server: issued once DNS points here, served, renewed, and kept when the proxy changes.
/// </summary>
public sealed class GatewayCertificateTests
{
    private const string Www = "www.tfgrid-compose.test";
    private const string Shop = "shop.tfgrid-compose.test";
    private const string Backends = "count: 2, services: [{name: web, port: 8080, health_check: /health}]";
    private const string Nowhere = "192.0.2.7";

    [Test]
    public async Task From_a_name_that_points_elsewhere_to_a_renewed_certificate()
    {
        await using Lab lab = await Lab.CreateAsync();
        await using var authority = new AcmeServer();
        var site = GatewaySite.In(lab, "secure", Gateway("haproxy", authority), Backends);

        // No name points here: the site runs over HTTP.
        await site.UpAsync();
        await authority.StartAsync();
        string resolver = await site.OnAsync("gateway", "cat", "/etc/resolv.conf");
        await site.OnAsync("gateway", "sh", "-c", $"echo nameserver {AcmeServer.Address} >/etc/resolv.conf");
        await authority.PointAsync(Www, Nowhere);
        await authority.PointAsync(Shop, Nowhere);
        ProgramResult refused = (await site.CommandAsync("ssl-setup")).MustEndWith(1);
        Assert.That(
            refused.Output,
            Does.Contain(
                $"{Www}: no certificate yet, served over HTTP; DNS says {Nowhere}, but this gateway has {site.Address}: "
                    + "correct the A record"));
        Assert.That(
            (await lab.RunAsync("status", site.Folder)).MustEndWith(0).Output,
            Does.Contain($"DNS says {Nowhere}, but this gateway has {site.Address}"));
        Assert.That((await HttpsSite.AskAsync($"http://{Www}/", site.Address)).Status, Is.EqualTo(HttpStatusCode.OK));

        // The authority refuses every request: the gateway retries at once, and shows the authority's own error.
        await authority.PointAsync(Www, site.Address);
        await authority.RestartAsync(rejectedNonces: 100);
        string[] said =
        [
            (await site.CommandAsync("ssl-setup")).MustEndWith(1).Output,
            (await site.CommandAsync("ssl-status")).MustEndWith(0).Output,
        ];
        Assert.That(
            said,
            Has.All.Match($"{Www}: .*; the authority says badNonce: JWS has an invalid anti-replay nonce: .*; 3 tries \\("));

        await authority.RestartAsync();

        // One name points here now: it does not wait for the other.
        Assert.That(
            (await site.CommandAsync("ssl-setup")).MustEndWith(1).Output,
            Does.Contain($"{Www}: certificate from ").And.Contain($"{Shop}: no certificate yet"));
        HttpsSite first = await HttpsSite.AskAsync($"https://{Www}/a?b=c", site.Address);
        HttpsSite plain = await HttpsSite.AskAsync($"http://{Www}/a?b=c", site.Address);
        Assert.Multiple(() =>
        {
            Assert.That((first.Status, first.Certificate?.Subject), Is.EqualTo((HttpStatusCode.OK, $"CN={Www}")));
            Assert.That(first.Body, Does.Contain("\"scheme\": \"https\""));
            Assert.That(
                (plain.Status, plain.Location), Is.EqualTo((HttpStatusCode.MovedPermanently, $"https://{Www}/a?b=c")));
        });
        Assert.That((await HttpsSite.AskAsync($"http://{Shop}/", site.Address)).Status, Is.EqualTo(HttpStatusCode.OK));

        // The timer gets what is missing and renews what expires soon.
        await authority.PointAsync(Shop, site.Address);
        await site.OnAsync(
            "gateway", "sh", "-c", $"cat >/etc/tfgrid-gateway/certs/{Www}.pem <<'PEM'\n{EndingSoon(Www)}\nPEM");
        await site.OnAsync("gateway", "systemctl", "is-enabled", "tfgrid-gateway-tls.timer");
        await site.OnAsync("gateway", "systemctl", "start", "tfgrid-gateway-tls.service");
        HttpsSite renewed = await HttpsSite.AskAsync($"https://{Www}/", site.Address);
        Assert.That(
            (await HttpsSite.AskAsync($"https://{Shop}/", site.Address)).Certificate?.Subject,
            Is.EqualTo($"CN={Shop}"));
        Assert.That(renewed.Certificate?.Serial, Is.Not.EqualTo(first.Certificate?.Serial));
        Assert.That(renewed.Certificate?.Until, Is.GreaterThan(DateTime.Now.AddDays(15)));
        Assert.That(
            (await lab.RunAsync("status", site.Folder)).MustEndWith(0).Output,
            Does.Contain($"{Shop}: certificate from "));

        // Nothing is due. --force renews it without dropping a connection.
        (await site.CommandAsync("ssl-renew")).MustEndWith(0);
        Assert.That(
            (await HttpsSite.AskAsync($"https://{Www}/", site.Address)).Certificate?.Serial,
            Is.EqualTo(renewed.Certificate?.Serial));
        await MustChangeWithoutADropAsync(site, renewed);

        // Another proxy uses the same certificates.
        await site.OnAsync("gateway", "sh", "-c", $"cat >/etc/resolv.conf <<'END'\n{resolver}END");
        HttpsSite before = await HttpsSite.AskAsync($"https://{Www}/", site.Address);
        site.Write(Gateway("nginx", authority), Backends);
        await site.UpAsync();
        HttpsSite after = await HttpsSite.AskAsync($"https://{Www}/", site.Address);
        Assert.That((after.Status, after.Certificate), Is.EqualTo((HttpStatusCode.OK, before.Certificate)));
        Assert.That(
            (await HttpsSite.AskAsync($"http://{Shop}/x", site.Address)).Location, Is.EqualTo($"https://{Shop}/x"));
        await MustChangeWithoutADropAsync(site, after);
        Assert.That(await site.ChangedByAnotherRunAsync(), Has.All.Property("Value").Zero);
        site.Write(Gateway("haproxy", authority), Backends);
        await site.UpAsync();
        Assert.That(
            (await HttpsSite.AskAsync($"http://{Shop}/x", site.Address)).Location, Is.EqualTo($"https://{Shop}/x"));

        // Without certificates nobody is redirected to https.
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
        proxy: {{proxy}}, domains: [{{Www}}, {{Shop}}], ssl: {
          enabled: true, email: ops@tfgrid-compose.test, acme_directory: "{{authority.DirectoryUrl}}",
          acme_ca: "{{authority.Certificate.Replace("\n", "\\n", StringComparison.Ordinal)}}"}
        """;

    private static string EndingSoon(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-80), now.AddDays(10));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}";
    }
}
