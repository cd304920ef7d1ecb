using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Store;

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
        AssertFails(
            () => Find("aa"),
            "TFC0703",
            $"'aa' matches 2 deployments: hello (aaa111, deploying, {_app}), other (aab222, deploying, {_other}).");
    }

    [Test]
    public void Of_several_the_linked_one_is_meant_and_a_name_decides()
    {
        _home.Add(TestHome.Record("ccc333", "two", _app));
        AssertFails(() => Locator(_app).Find(null, null), "TFC0703", "matches 2 deployments");

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

    [Test]
    public void An_id_is_not_shortened_to_one_letter()
    {
        _home.Add(TestHome.Record("zzz999", "third", _home.Folder("third")));

        DiagnosticException problem = AssertFails(() => Find("z"), "TFC0702", "There is no deployment 'z'.");
        Assert.That(problem.Diagnostics[0].Remedy, Does.StartWith("an id can be shortened to 2 characters or more"));
        Assert.That(Find("zz").Id, Is.EqualTo("zzz999"));
    }

    [Test]
    public void Many_candidates_are_counted()
    {
        for (int i = 0; i < 12; i++)
        {
            _home.Add(TestHome.Record($"many{i:D2}", $"name{i}", "/apps/many"));
        }

        string message = AssertFails(() => Find("many"), "TFC0703", "'many' matches 12 deployments").Message;
        Assert.That(message, Does.Contain("name9 (many09").And.Not.Contain("name10").And.EndWith(", and 2 more."));
    }

    [Test]
    public void A_name_that_fits_none_of_them_is_named()
    {
        AssertFails(() => Locator(_home.Root).Find("hello", "two"), "TFC0702", "There is no deployment 'hello' with the name 'two'.");
        AssertFails(() => Locator(_home.Root).Find("aa", "two"), "TFC0702", "with the name 'two'");
        Assert.That(Locator(_home.Root).Find("aa", "other").Id, Is.EqualTo("aab222"), "--name decides among shortened ids too");
    }

    [Test]
    public void The_selected_one_is_meant_where_nothing_else_is()
    {
        new Selection(_home.Home).Choose("aab222");
        string elsewhere = _home.Folder("elsewhere");

        Assert.That(Locator(elsewhere).Find(null, null).Id, Is.EqualTo("aab222"));
        Assert.That(Locator(_app).Find(null, null).Id, Is.EqualTo("aaa111"), "the folder one stands in comes first");
        _home.Add(TestHome.Record("ccc333", "two", _other));
        Assert.That(Locator(elsewhere).Find(null, "two").Id, Is.EqualTo("ccc333"), "--name means one of the selected one's app");
        AssertFails(() => Locator(elsewhere).Find(null, "three"), "TFC0702", "with the name 'three'");
    }

    [TestCase("tfgrid-compose.yaml", "name: new\n")]
    [TestCase(".tfgrid-compose.yaml", "app: ../new\n")]
    public void An_app_without_a_deployment_is_not_taken_for_the_selected_one(string file, string text)
    {
        new Selection(_home.Home).Choose("aab222");
        string app = _home.Folder("new");
        File.WriteAllText(Path.Combine(app, file), text);

        AssertFails(() => Locator(app).Find(null, null), "TFC0702", "There is no deployment of");
    }

    [Test]
    public void A_selected_one_that_is_gone_is_none()
    {
        new Selection(_home.Home).Choose("aab222");
        _home.Index.Remove("aab222");
        Directory.Delete(_home.Home.Deployment("aab222").Path, recursive: true);

        Assert.That(new Selection(_home.Home).Read(), Is.Null);
        new Selection(_home.Home).Choose("aab222");
        AssertFails(() => Locator(_home.Root).Find(null, null), "TFC0702", "There is no deployment of");
        Assert.That(Locator(_home.Root).Selected(), Is.Null);
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
