using TfgridCompose.Core.State;
using YamlDotNet.Serialization;

namespace TfgridCompose.Core.Tests.State;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentIndexTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void Writers_at_once_lose_nothing()
    {
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => new DeploymentIndex(_home.Home).Add(IndexEntry.Of(TestHome.Record($"id{i}"))));

        Assert.That(_home.Index.Read().Select(entry => entry.Id), Is.EquivalentTo(Enumerable.Range(0, 24).Select(i => $"id{i}")));
    }

    [Test]
    public void An_entry_is_replaced_and_removed_by_its_id()
    {
        _home.Index.Add(IndexEntry.Of(TestHome.Record("one", "a")));
        _home.Index.Add(IndexEntry.Of(TestHome.Record("two", "b")));
        _home.Index.Add(IndexEntry.Of(TestHome.Record("one", "c")));

        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EqualTo(["b", "c"]));
        _home.Index.Remove("two");
        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EqualTo(["c"]));
    }

    [Test]
    public void A_broken_line_hides_no_other()
    {
        _home.Index.Add(IndexEntry.Of(TestHome.Record("one")));
        File.AppendAllText(_home.Home.Index, "- {broken\nnonsense\n- {\"id\":\"lacks the rest\"}\n");
        _home.Index.Add(IndexEntry.Of(TestHome.Record("two")));

        Assert.That(_home.Index.Read().Select(entry => entry.Id), Is.EqualTo(["one", "two"]));
    }

    [Test]
    public void It_is_valid_yaml()
    {
        _home.Index.Add(IndexEntry.Of(TestHome.Record("one", "it's \"x\": #y", "/a b/✓")));

        var read = new DeserializerBuilder().Build().Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(_home.Home.Index));

        Assert.That((read[0]["name"], read[0]["app_path"]), Is.EqualTo(("it's \"x\": #y", "/a b/✓")));
    }
}
