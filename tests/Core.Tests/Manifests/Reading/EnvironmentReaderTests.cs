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
}
