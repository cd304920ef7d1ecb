using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway.Tests;

/// <summary>Bad input: one problem each, with its option.</summary>
public sealed class ProblemTests
{
    private static IEnumerable<TestCaseData> Bad =>
    [
        Case("no service", "there is nothing to serve", null, (GatewayOptions.Services, Sample.Services())),
        Case("no name", "the service has no name", "services[0]", Web(("port", 80L))),
        Case("a bad name", "'we b' is not a valid service name", "services[0]", Web(("name", "we b"), ("port", 80L))),
        Case("no port", "the service 'web' has no port", "services[0]", Web(("name", "web"))),
        Case(
            "a bad path",
            "'api' is not a valid path",
            "services[0]",
            Web(("name", "web"), ("port", 80L), ("path", "api"))),
        Case(
            "a path that would be configuration",
            "'/a { }' is not a valid path",
            "services[0]",
            Web(("name", "web"), ("port", 80L), ("path", "/a { }"))),
        Case(
            "a path with an escape",
            "'/a%20b' is not a valid path",
            "services[0]",
            Web(("name", "web"), ("port", 80L), ("path", "/a%20b"))),
        Case(
            "the authority's path",
            "/.well-known/acme-challenge/ is reserved for certificate authorities",
            "services[0]",
            Web(("name", "web"), ("port", 80L), ("path", "/.well-known/acme-challenge/x"))),
        Case(
            "a host without certificate",
            "b.example.org, the host of the service 'web', would have no certificate",
            "services[0]",
            [.. Tls, Web(("name", "web"), ("port", 80L), ("host", "b.example.org"))]),
        Case(
            "a bad health check",
            "'health' is not a valid path",
            "services[0]",
            Web(("name", "web"), ("port", 80L), ("health_check", "health"))),
        Case(
            "a bad host",
            "'a b' is not a host name",
            "services[0]",
            Web(("name", "web"), ("port", 80L), ("host", "a b"))),
        Case(
            "a public port of an http service",
            "`listen` has no effect on the service 'web', which is of type http and shares ports 80 and 443",
            "services[0]",
            Web(("name", "web"), ("port", 80L), ("listen", 81L))),
        Case(
            "a path of a tcp service",
            "`path` has no effect on the service 'db', which is of type tcp",
            "services[0]",
            Web(("name", "db"), ("type", "tcp"), ("port", 5432L), ("path", "/x"))),
        Case(
            "SSH's port",
            "the service 'git' uses the gateway's port 22, which is reserved for SSH",
            "services[0]",
            Web(("name", "git"), ("type", "tcp"), ("port", 22L))),
        Case(
            "the proxy's port",
            "the service 'db' uses the gateway's port 443, which is reserved for HTTPS",
            "services[0]",
            Web(("name", "db"), ("type", "tcp"), ("port", 5432L), ("listen", 443L))),
        Case(
            "one port twice",
            "the public port 5432 is used by 'a' and 'b'",
            "services[1]",
            (GatewayOptions.Services, Sample.Services(Tcp("a", 5432), Tcp("b", 5432)))),
        Case(
            "one name twice",
            "the name web is used by 'web' and 'web'",
            "services[1]",
            (GatewayOptions.Services, Sample.Services(Http("web", 80), Http("web", 81, ("path", "/b"))))),
        Case(
            "one name twice but for its letters",
            "the name web is used by 'web' and 'Web'",
            "services[1]",
            (GatewayOptions.Services, Sample.Services(Http("web", 80), Http("Web", 81, ("path", "/b"))))),
        Case(
            "one place twice",
            "the path / on any host is used by 'a' and 'b'",
            "services[1]",
            (GatewayOptions.Services, Sample.Services(Http("a", 80), Http("b", 81)))),
        Case(
            "a bad domain",
            "'example' is not a domain name that can have a certificate",
            "domains",
            (GatewayOptions.Domains, Texts("example"))),
        Case(
            "a wildcard",
            "'*.example.org' is not a domain name that can have a certificate",
            "domains",
            (GatewayOptions.Domains, Texts("*.example.org"))),
        Case(
            "ssl without email",
            "gateway.ssl is enabled without an email address",
            "ssl",
            (GatewayOptions.Ssl, true),
            (GatewayOptions.Domains, Texts("a.example.org"))),
        Case(
            "ssl with a bad email",
            "'ops' is not an email address",
            "ssl_email",
            (GatewayOptions.Ssl, true),
            (GatewayOptions.Domains, Texts("a.example.org")),
            (GatewayOptions.SslEmail, "ops")),
        Case(
            "ssl without domain",
            "gateway.ssl is enabled, but there is no domain to get a certificate for",
            "ssl",
            (GatewayOptions.Ssl, true),
            (GatewayOptions.SslEmail, "ops@example.org")),
        Case(
            "an email that is a template",
            "'{{x}}@example.org' is not an email address",
            "ssl_email",
            (GatewayOptions.Ssl, true),
            (GatewayOptions.Domains, Texts("a.example.org")),
            (GatewayOptions.SslEmail, "{{x}}@example.org")),
        Case(
            "a directory that is a template",
            "'https://ca/{{x}}' is not an https URL",
            "acme_directory",
            [.. Tls, (GatewayOptions.AcmeDirectory, "https://ca/{{x}}")]),
        Case(
            "no https directory",
            "'http://ca' is not an https URL",
            "acme_directory",
            [.. Tls, (GatewayOptions.AcmeDirectory, "http://ca")]),
        Case(
            "two directories",
            "gateway.ssl.staging selects Let's Encrypt's staging directory, but gateway.ssl.acme_directory names another",
            "ssl_staging",
            [.. Tls, (GatewayOptions.AcmeDirectory, "https://ca"), (GatewayOptions.SslStaging, true)]),
        Case(
            "no PEM", "gateway.ssl.acme_ca contains no certificate", "acme_ca", [.. Tls, (GatewayOptions.AcmeCa, "x")]),
        Case(
            "ssl without a proxy",
            "gateway.ssl needs a proxy: in mode 'nat' the backends terminate TLS themselves",
            "ssl",
            [.. Tls, (GatewayOptions.Mode, "nat")]),
        Case(
            "counting without a proxy",
            "gateway.balance 'leastconn' needs a proxy: mode 'nat' does not count connections",
            "balance",
            (GatewayOptions.Mode, "nat"),
            (GatewayOptions.Balance, "leastconn")),
        Case(
            "two gateways",
            "nodes.gateway names 2 nodes, but there is only one gateway",
            "gateway_nodes",
            ("gateway_nodes", (IReadOnlyList<long>)[1L, 2L])),
        Case(
            "more nodes than backends",
            "nodes.backend names 3 nodes for 2 backends",
            "backend_nodes",
            ("backend_nodes", (IReadOnlyList<long>)[1L, 2L, 3L])),
        Case(
            "another inner network",
            "network.inter_node is mycelium, which is not provisioned",
            "inter_node",
            (GatewayOptions.InterNode, "mycelium")),
        Case(
            "a package that is an option of apt",
            "'-o=x' is not a package name",
            "backend_packages",
            (GatewayOptions.Packages, Texts("-o=x"))),
    ];

    private static (string Name, object Value)[] Tls =>
    [
        (GatewayOptions.Ssl, true),
        (GatewayOptions.SslEmail, "ops@example.org"),
        (GatewayOptions.Domains, Texts("a.example.org")),
    ];

    [TestCaseSource(nameof(Bad))]
    public void Bad_input_is_one_problem_with_a_remedy(
        string message, string? option, (string Name, object Value)[] given)
    {
        PatternProblem problem = Sample.Topology(Sample.Options(given)).Problems.Single();

        Assert.That((problem.Message, problem.Option), Is.EqualTo((message, option)));
        Assert.That(problem.Remedy, Is.Not.Empty);
    }

    [Test]
    public void Unreachable_backends_are_a_problem() => Assert.That(
        Sample.Topology(Sample.Options(), Sample.Network(NetworkKind.PublicIpv4)).Problems.Single(),
        Is.EqualTo(new PatternProblem(
            "the backends have no public address, so nothing can reach them",
            "add wireguard or mycelium to network.provision")));

    [Test]
    public void Good_input_has_no_problem() => Assert.That(
        Sample.Problems(
            [.. Tls, (GatewayOptions.Services, Sample.Services(
                Http("web", 8080, ("health_check", "/health?deep=1"), ("sticky", true)),
                Http("api", 8080, ("path", "/api/v1"), ("host", "a.example.org")),
                Tcp("db", 5432, ("proxy_protocol", true), ("listen", 15432L))))]),
        Is.Empty);

    private static TestCaseData Case(
        string name, string message, string? option, params (string Name, object Value)[] given) =>
        new TestCaseData(message, option, given).SetArgDisplayNames(name);

    private static (string Name, object Value) Web(params (string Name, object Value)[] fields) =>
        (GatewayOptions.Services, Sample.Services(Sample.Service(fields)));

    private static PatternOptions Http(string name, long port, params (string Name, object Value)[] more) =>
        Sample.Service([("name", name), ("port", port), .. more]);

    private static PatternOptions Tcp(string name, long port, params (string Name, object Value)[] more) =>
        Sample.Service([("name", name), ("type", "tcp"), ("port", port), .. more]);

    private static IReadOnlyList<string> Texts(params string[] texts) => texts;
}
