namespace TfgridCompose.Patterns.Sdk.Tests;

public sealed class EndpointTests
{
    [TestCase(80, "http", "10.1.0.2", "http", "http://10.1.0.2")]
    [TestCase(8080, "http", "10.1.0.2", "http", "http://10.1.0.2:8080")]
    [TestCase(443, "https", "400::1", "https", "https://[400::1]")]
    [TestCase(8443, "https", "400::1", "https", "https://[400::1]:8443")]
    [TestCase(22, "ssh", "10.1.0.2", "ssh", "ssh://root@10.1.0.2")]
    [TestCase(2222, "ssh", "400::1", "ssh", "ssh://root@[400::1]:2222")]
    [TestCase(5432, "postgres", "10.1.0.2", "postgres", "tcp://10.1.0.2:5432")]
    [TestCase(9000, "", "400::1", "tcp", "tcp://[400::1]:9000")]
    [TestCase(80, "", "10.1.0.2", "tcp", "tcp://10.1.0.2:80")]
    public void A_port_has_an_endpoint(int number, string name, string address, string shown, string url)
    {
        Assert.That(Endpoint.For(new PortSpec(number, name), address), Is.EqualTo(new Endpoint(shown, url)));
    }
}
