using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying.Phases;

/// <summary>Where a check in the manifest goes that names no port.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppCheckPortTests : IDisposable
{
    private readonly AppLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase(null, "", 80)]
    [TestCase(null, "resources: {ports: ['8080:http', '9000:metrics']}\n", 8080)]
    [TestCase(null, "resources: {ports: [8080]}\n", 8080)]
    [TestCase(null, "resources: {ports: [8080, 9000]}\n", 80)]
    [TestCase(null, "resources: {ports: ['2222:ssh']}\n", 80)]
    [TestCase(null, "resources: {ports: [22]}\n", 80)]
    [TestCase(3000, "", 3000)]
    [TestCase(3000, "resources: {ports: ['8080:http']}\n", 3000)]
    public void It_goes_to_the_patterns_port_else_to_the_one_named_http_else_to_the_only_one_else_to_80(
        int? ofPattern, string ports, int expected)
    {
        _lab.AppPort = ofPattern;
        _lab.More = $"{ports}status: {{endpoints: [/, {{path: /own, port: 7000}}, ':7001/too']}}\n";
        UpRun run = _lab.Run();
        var facts = new DeploymentFacts
        {
            DeploymentId = "abc123xyz",
            AppName = "hello",
            Hosts = [],
            Options = new PatternOptions(new Dictionary<string, object>()),
        };

        Assert.That(run.App.AppChecks(["web_1"], facts), Is.EqualTo([
            new HttpCheck("web_1", expected), new HttpCheck("web_1", 7000, "/own"), new HttpCheck("web_1", 7001, "/too")]));
    }
}
