using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Manifests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UnknownKeysTests : IDisposable
{
    private static readonly PatternDeclaration s_declaration = new()
    {
        Options = [new() { Name = "memory", Sources = [new("config.memory"), new("resources.vm.memory")] }],
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
    [TestCase("environment: [{name: A, depends_on: {B: x}}, {name: B}]")]
    public void Keys_of_the_field_are_silent(string text) => Assert.That(Warnings(text), Is.Empty);

    [Test]
    public void There_are_never_more_than_fifty()
    {
        string text = string.Concat(Enumerable.Range(0, 500).Select(i => $"unknown{i}: 1\n"));

        Assert.That(Warnings(text), Has.Count.EqualTo(50));
    }

    private IReadOnlyList<Diagnostic> Warnings(string text) =>
        UnknownKeys.Of(_app.Load($"name: app\npattern: single-vm\n{text}\n").Manifest, s_declaration);
}
