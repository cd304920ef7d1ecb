using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Manifests.Reading;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ManifestSchemaTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Test]
    public void The_current_one_is_known_and_says_nothing()
    {
        LoadedManifest loaded = _app.Load("schema: 1\nname: app\npattern: single-vm\n");

        Assert.That(loaded.Warnings, Is.Empty);
        Assert.That(UnknownKeys.Of(loaded.Manifest, new PatternDeclaration()), Is.Empty);
    }

    [Test]
    public void A_newer_one_is_refused_with_nothing_else_said()
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => _app.Load("name: [not, a, text]\nschema: 2\n"))!;

        Assert.That(TestApp.Marks(problem.Diagnostics), Is.EqualTo(["TFC0235 2:9"]));
        Assert.That(problem.Message, Is.EqualTo("The manifest has schema 2; this version of tfgrid-compose reads schema 1."));
        Assert.That((problem.ExitCode, problem.Diagnostics[0].Remedy), Is.EqualTo((ExitCode.Usage, "Use a newer tfgrid-compose.")));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("one")]
    [TestCase("[1]")]
    public void What_is_no_version_is_refused(string value)
    {
        Assert.That(_app.Problems($"schema: {value}\nname: app\npattern: single-vm\n"), Is.EqualTo(["TFC0212 1:9"]));
    }
}
