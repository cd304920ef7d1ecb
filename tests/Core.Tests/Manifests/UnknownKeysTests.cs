using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Manifests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UnknownKeysTests : IDisposable
{
    private static readonly PatternDeclaration Declaration = new()
    {
        Options =
        [
            new() { Name = "memory", Sources = [new("config.memory"), new("resources.vm.memory")] },
            new()
            {
                Name = "services", Type = OptionType.ObjectList, Sources = [new("backend.services")],
                Fields = [new() { Name = "port", Type = OptionType.Integer, Sources = [new("port"), new("tls.port")] }],
            },
        ],
    };

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestCase("enviroment: []", "TFC0229 3:1", "environment")]
    [TestCase("config: {memmory: 5}", "TFC0229 3:10", "memory")]
    [TestCase("memory: 5", "TFC0229 3:1", "config.memory")]
    [TestCase("resources: {gateway: {cpu: 1}}", "TFC0229 3:13", "")]
    [TestCase("environment: [{name: A}, {name: B, requird: true}]", "TFC0229 3:36", "required")]
    [TestCase("commands: {run: {script: x, desription: y}}", "TFC0229 3:29", "description")]
    [TestCase("status: {endpoints: [{path: /, expected: 200}]}", "TFC0229 3:32", "")]
    [TestCase("backend: {services: [{port: 1}, {prot: 2}]}", "TFC0229 3:34", "port")]
    [TestCase("backend: {services: {prot: 2}}", "TFC0229 3:22", "port")]
    [TestCase("backend: {services: [{tls: {prt: 1}}]}", "TFC0229 3:29", "port")]
    [TestCase("backend: {service: []}", "TFC0229 3:11", "services")]
    public void An_unknown_key_is_a_warning_with_the_nearest_one(string text, string mark, string nearest)
    {
        IReadOnlyList<Diagnostic> warnings = Warnings(text);

        Assert.That(TestApp.Marks(warnings), Is.EqualTo([mark]));
        Assert.That(warnings[0].Severity, Is.EqualTo(Severity.Warning));
        Assert.That(warnings[0].Remedy, nearest.Length > 0 ? Does.StartWith($"Did you mean '{nearest}'?") : Does.StartWith("Correct"));
    }

    [TestCase("config: {memory: 5}")]
    [TestCase("resources: {cpu: {min: 1, recommended: 2}, vm: {memory: 1}}")]
    [TestCase("dependencies: {system: [git], external: [{node: '>=18'}]}")]
    [TestCase("hook_config: {configure: {optional: true}}")]
    [TestCase("variables: {x: {type: string, min: 1}}")]
    [TestCase("metadata: {category: x, deep: {er: 1}}")]
    [TestCase("tags: [a, b]")]
    [TestCase("logging: {driver: json-file, options: {max-size: 10m}}")]
    [TestCase("x-own: {anything: 1}")]
    [TestCase("environment: {A: 1, B: {default: 2}}")]
    [TestCase("backend: {services: [{port: 1}, {tls: {port: 2}, x-note: 1}]}")]
    [TestCase("backend: {services: {port: 1}}")]
    [TestCase("resources: {ports: {port: 80, name: http}}")]
    [TestCase("environment: [{name: A, depends_on: {B: x}}, {name: B}]")]
    public void Keys_of_the_field_are_silent(string text) => Assert.That(Warnings(text), Is.Empty);

    [Test]
    public void An_unknown_key_of_an_item_names_the_item() =>
        Assert.That(Warnings("backend: {services: [{port: 1}, {prot: 2}]}").Single().Message, Does.Contain("'backend.services[1].prot'"));

    [Test]
    public void There_are_never_more_than_fifty()
    {
        string text = string.Concat(Enumerable.Range(0, 500).Select(i => $"unknown{i}: 1\n"));

        Assert.That(Warnings(text), Has.Count.EqualTo(50));
    }

    private IReadOnlyList<Diagnostic> Warnings(string text) =>
        UnknownKeys.Of(_app.Load($"name: app\npattern: single-vm\n{text}\n").Manifest, Declaration);
}
