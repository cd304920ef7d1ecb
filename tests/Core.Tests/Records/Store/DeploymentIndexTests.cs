using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Plugins.Packages;
using TfgridCompose.Core.Tests.Records.Deployments;
using YamlDotNet.Serialization;

namespace TfgridCompose.Core.Tests.Records.Store;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentIndexTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void Writers_at_once_lose_nothing()
    {
        Parallel.For(
            0,
            24,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => new DeploymentIndex(_home.Home).Add(IndexEntry.Of(TestHome.Record($"id{i}"))));

        Assert.That(_home.Index.Read().Select(entry => entry.Id), Is.EquivalentTo(Enumerable.Range(0, 24).Select(i => $"id{i}")));
    }

    [Test]
    public void Fifty_processes_that_register_at_once_make_fifty_entries()
    {
        string go = Path.Combine(_home.Root, "go");
        TestProcess[] all = [.. Enumerable.Range(0, 50).Select(i => TestProcess.Begin("register", _home.Home.Path, $"id{i:D2}", go))];
        try
        {
            foreach (TestProcess process in all)
            {
                process.AwaitLine();
            }

            File.WriteAllText(go, "");
            Assert.That(all.Select(process => process.End()), Has.All.Zero);
        }
        finally
        {
            foreach (TestProcess process in all)
            {
                process.Dispose();
            }
        }

        Assert.That(
            File.ReadAllLines(_home.Home.Index).Select(line => line[9..13]).Order(),
            Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"id{i:D2}")));
    }

    [Test]
    public void An_entry_is_replaced_in_its_place_and_removed_by_its_id()
    {
        _home.Index.Add(IndexEntry.Of(TestHome.Record("one", "a")));
        _home.Index.Add(IndexEntry.Of(TestHome.Record("two", "b")));
        _home.Index.Add(IndexEntry.Of(TestHome.Record("one", "c")));

        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EqualTo(["c", "b"]));
        _home.Index.Remove("two");
        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EqualTo(["c"]));
    }

    [Test]
    public void The_line_follows_the_record_and_is_left_alone_where_it_says_the_same()
    {
        _home.Store.Save(TestHome.Record("one"));
        _home.Store.Save(TestHome.Record("two"));
        string before = File.ReadAllText(_home.Home.Index);

        _home.Store.Save(TestHome.Record("one") with { SshUser = "ann" });
        Assert.That(File.ReadAllText(_home.Home.Index), Is.EqualTo(before), "a change that the line does not show");

        _home.Store.Save(TestHome.Record("one") with { Status = DeploymentStatus.Running, Outputs = DeploymentStoreTests.Outputs() });
        Assert.That(
            _home.Index.Read().Select(entry => (entry.Id, entry.CreatedAt, entry.Status, entry.Address)),
            Is.EqualTo(new[]
            {
                ("one", TestHome.Record().CreatedAt, (DeploymentStatus?)DeploymentStatus.Running, "10.42.1.2"),
                ("two", TestHome.Record().CreatedAt, DeploymentStatus.Deploying, null),
            }));
    }

    [Test]
    public void A_line_that_is_not_complete_can_be_the_last()
    {
        _home.Store.Save(TestHome.Record("one"));
        IndexEntry[] incomplete =
        [
            IndexEntry.OfUnreadable(_home.Home.Deployment("one")),
            IndexEntry.Of(TestHome.Record("old")) with { Status = DeploymentStatus.Running, Address = null, UpdatedAt = null },
        ];

        foreach (IndexEntry last in incomplete)
        {
            IndexRow row = IndexLine.Rows([last])[0];

            Assert.That(Encoding.UTF8.GetString(row.Id), Is.EqualTo(last.Id));
            Assert.That(row.Status.IsEmpty, Is.EqualTo(last.Status is null));
            Assert.That(row.Address.IsEmpty && row.UpdatedAt.IsEmpty);
        }
    }

    // 0xFF is in no UTF-8 text, and \ud800 is half a character.
    [TestCase("\\ud800")]
    [TestCase("\u00ff")]
    public void A_line_whose_text_is_not_unicode_is_damaged(string name)
    {
        _home.Store.Save(TestHome.Record("one", "sound"));
        string line = IndexLine.Of(IndexEntry.Of(TestHome.Record("two", "NAME"))).Replace("NAME", name, StringComparison.Ordinal);
        File.AppendAllText(_home.Home.Index, line, Encoding.Latin1);

        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EqualTo(["sound"]));
    }

    [Test]
    public void Two_threads_read_a_long_index()
    {
        string all = string.Concat(Enumerable.Range(0, 2000).Select(i => IndexLine.Of(IndexEntry.Of(TestHome.Record($"id{i}")))));
        _home.Home.Create();
        File.WriteAllText(_home.Home.Index, all);

        Assert.That(_home.Index.ReadQuickly()!.Count, Is.EqualTo(2000));
        Directory.Delete(_home.Home.Deployments);
        File.WriteAllText(_home.Home.Index, all + "- {torn");
        Assert.That(_home.Index.ReadQuickly(), Is.Null);
    }

    [Test]
    public void What_this_user_may_not_read_is_named()
    {
        _home.Store.Save(TestHome.Record("one"));
        new Selection(_home.Home).Choose("one");
        var user = new UnprivilegedUser(_home.Root, _home.Home.Path);

        DiagnosticException[] problems = user.Run<DiagnosticException[]>(() =>
        [
            Assert.Throws<DiagnosticException>(() => _home.Index.Read())!,
            Assert.Throws<DiagnosticException>(() => new Selection(_home.Home).Read())!,
        ]);

        Assert.That(problems.Select(problem => problem.Diagnostics[0].Code), Is.All.EqualTo("TFC0310"));
        Assert.That(problems[0].Diagnostics[0].Message, Does.StartWith($"{_home.Home.Index} cannot be read: "));
        Assert.That(problems[1].Diagnostics[0].Message, Does.StartWith($"{_home.Home.Selected} cannot be read: "));
    }

    [Test]
    public void A_broken_line_hides_no_other()
    {
        _home.Index.Add(IndexEntry.Of(TestHome.Record("one")));
        File.AppendAllText(_home.Home.Index, "- {broken\nnonsense\n- {\"id\":\"lacks the rest\"}\n");
        _home.Index.Add(IndexEntry.Of(TestHome.Record("two")));

        Assert.That(_home.Index.Read().Select(entry => entry.Id), Is.EqualTo(["one", "two"]));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("- {\"id\":\"one\",\"na")]
    public void A_lost_or_torn_index_loses_nothing(string? left)
    {
        _home.Store.Save(TestHome.Record("one", "a"));
        _home.Store.Save(TestHome.Record("two", "b"));
        File.Delete(_home.Home.Index);
        if (left is not null)
        {
            File.WriteAllText(_home.Home.Index, left);
        }

        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EquivalentTo(["a", "b"]));
        _home.Store.Save(TestHome.Record("three", "c"));
        Assert.That(File.ReadAllLines(_home.Home.Index), Has.Length.EqualTo(3), "the next writer mends the file");
        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EquivalentTo(["a", "b", "c"]));
    }

    [Test]
    public void A_deployment_without_a_line_is_in_sight()
    {
        _home.Store.Save(TestHome.Record("one", "a"));
        _home.Store.Save(TestHome.Record("two", "b"));
        File.WriteAllLines(_home.Home.Index, File.ReadAllLines(_home.Home.Index)[..1]);

        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EqualTo(["a", "b"]));
        Assert.That(_home.Index.ReadQuickly(), Is.Null);
    }

    [Test]
    public void A_rescan_makes_the_file_from_the_records()
    {
        _home.Store.Save(TestHome.Record("one", "a"));
        File.WriteAllText(_home.Home.Index, File.ReadAllText(_home.Home.Index).Replace("\"a\"", "\"wrong\"", StringComparison.Ordinal));
        _home.Index.Add(IndexEntry.Of(TestHome.Record("gone")));
        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EqualTo(["wrong", "hello"]));

        Assert.That(_home.Index.Rescan().Select(entry => entry.Name), Is.EqualTo(["a"]));
        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EqualTo(["a"]));
    }

    [Test]
    public void A_record_that_cannot_be_read_stays_in_sight_and_hides_no_other()
    {
        foreach (string id in new[] { "one", "two" })
        {
            _home.Store.Save(TestHome.Record(id, $"name-{id}"));
        }

        File.WriteAllText(_home.Home.Deployment("one").Record, "{");
        Assert.That(
            _home.Index.Rescan().Select(entry => (entry.Name, entry.Status)),
            Is.EquivalentTo(new[] { ("name-one", null), ("name-two", (DeploymentStatus?)DeploymentStatus.Deploying) }));

        File.Delete(_home.Home.Index);
        Assert.That(_home.Index.Read().Select(entry => entry.Name), Is.EquivalentTo(["one", "name-two"]));
    }

    [Test]
    public void It_is_valid_yaml()
    {
        _home.Index.Add(IndexEntry.Of(TestHome.Record("one", "it's \"x\": #y", "/a b/✓")));

        List<Dictionary<string, string>> read = new DeserializerBuilder().Build()
            .Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(_home.Home.Index));

        Assert.That((read[0]["name"], read[0]["app_path"], read[0]["status"]), Is.EqualTo(("it's \"x\": #y", "/a b/✓", "deploying")));
    }
}
