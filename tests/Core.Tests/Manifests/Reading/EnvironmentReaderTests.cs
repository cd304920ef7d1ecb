using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.Tests.Manifests.Reading;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EnvironmentReaderTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestCase("{name: A}", false)]
    [TestCase("{name: A, required: false}", false)]
    [TestCase("{name: A, required: true}", true)]
    public void A_variable_is_required_only_where_the_manifest_says_so(string variable, bool required)
    {
        EnvironmentVariable read = _app.Load($"name: app\npattern: single-vm\nenvironment: [{variable}]\n").Manifest.Environment.Single();

        Assert.That((read.Required, read.Default), Is.EqualTo((required, (string?)null)));
    }

    [TestCase("A=1", "A", "1")]
    [TestCase("A=", "A", "")]
    [TestCase("'A=two words=x'", "A", "two words=x")]
    [TestCase("A", "A", null)]
    public void A_list_may_hold_names_with_defaults_as_docker_compose_has_it(string item, string name, string? value)
    {
        EnvironmentVariable read = _app.Load($"name: app\npattern: single-vm\nenvironment: [{item}]\n").Manifest.Environment.Single();

        Assert.That((read.Name, read.Default), Is.EqualTo((name, value)));
    }

    [TestCase("=1")]
    [TestCase("A B=1")]
    [TestCase("UID=1")]
    public void Their_names_keep_the_rules(string item) => Assert.That(
        _app.Problems($"name: app\npattern: single-vm\nenvironment: ['{item}']\n"), Is.EqualTo(["TFC0230 3:15"]));
}
