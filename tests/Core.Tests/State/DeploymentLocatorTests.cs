using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Tests.State;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentLocatorTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly string _app;
    private readonly string _other;

    public DeploymentLocatorTests()
    {
        _app = _home.Folder("hello");
        _other = _home.Folder("other");
        _home.Add(TestHome.Record("aaa111", "hello", _app));
        _home.Add(TestHome.Record("aab222", "other", _other));
    }

    public void Dispose() => _home.Dispose();

    [TestCase("aaa111", "aaa111")]
    [TestCase("aaa", "aaa111")]
    [TestCase("other", "aab222")]
    [TestCase("./other", "aab222")]
    [TestCase("hello/", "aaa111")]
    public void It_is_found_by_id_prefix_name_and_folder(string target, string id)
    {
        Assert.That(Find(target).Id, Is.EqualTo(id));
    }

    [Test]
    public void Without_a_target_the_folder_one_stands_in_counts()
    {
        Assert.That(Locator(_app).Find(null, null).Id, Is.EqualTo("aaa111"));
        AssertFails(() => Locator(_home.Root).Find(null, null), "TFC0702", $"There is no deployment of {_home.Root}");
    }

    [Test]
    public void The_context_files_app_counts_where_one_stands_beside_it()
    {
        File.WriteAllText(Path.Combine(_home.Root, ".tfgrid-compose.yaml"), "app: other\n");

        Assert.That(Locator(_home.Root).Find(null, null).Id, Is.EqualTo("aab222"));
    }

    [Test]
    public void An_ambiguous_prefix_names_the_candidates()
    {
        AssertFails(() => Find("aa"), "TFC0703", "'aa' fits 2 deployments: hello (aaa111), other (aab222)");
    }

    [Test]
    public void Of_several_the_linked_one_is_meant_and_a_name_decides()
    {
        _home.Add(TestHome.Record("ccc333", "two", _app));
        AssertFails(() => Locator(_app).Find(null, null), "TFC0703", "fits 2 deployments");

        File.CreateSymbolicLink(Path.Combine(_app, ".tfgrid-compose"), _home.Home.Deployment("ccc333").Path);

        Assert.That(Locator(_app).Find(null, null).Id, Is.EqualTo("ccc333"));
        Assert.That(Locator(_app).Find(null, "hello").Id, Is.EqualTo("aaa111"));
    }

    [Test]
    public void A_misspelt_name_is_answered_with_the_nearest()
    {
        DiagnosticException problem = AssertFails(() => Find("helo"), "TFC0702", "There is no deployment 'helo'");

        Assert.That(problem.Diagnostics[0].Remedy, Is.EqualTo("did you mean hello?"));
    }

    [Test]
    public void A_moved_app_brings_its_deployment_along_and_a_copied_one_does_not()
    {
        File.CreateSymbolicLink(Path.Combine(_app, ".tfgrid-compose"), _home.Home.Deployment("aaa111").Path);
        string copy = _home.Folder("copy");
        File.CreateSymbolicLink(Path.Combine(copy, ".tfgrid-compose"), _home.Home.Deployment("aaa111").Path);
        Assert.That(Locator(_home.Root).OfApp(copy, "hello"), Is.Null);

        string moved = Path.Combine(_home.Root, "moved");
        Directory.Move(_app, moved);

        Assert.That(Locator(_home.Root).OfApp(moved, "hello")!.Id, Is.EqualTo("aaa111"));
        Assert.That(Locator(_home.Root).OfApp(moved, "another"), Is.Null);
    }

    [Test]
    public void The_former_folder_still_names_it_after_the_app_is_gone()
    {
        Directory.Delete(_app);

        Assert.That(Find(_app).Id, Is.EqualTo("aaa111"));
    }

    private DeploymentRecord Find(string target) => Locator(_home.Root).Find(target, null);

    private DeploymentLocator Locator(string folder) => new(_home.Store, _home.Index, folder);

    private static DiagnosticException AssertFails(Action action, string code, string message)
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => action())!;
        Assert.That(problem.Diagnostics[0].Code, Is.EqualTo(code));
        Assert.That(problem.Message, Does.Contain(message));
        return problem;
    }
}
