using System.Text;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Store;

/// <summary>The index as <c>ps</c> reads it, without a JSON reader.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QuickIndexTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    // The hand scan and the JSON reader must agree on every text that our writer can write.
    [Test]
    public void The_quick_way_reads_what_was_written()
    {
        string[] texts =
        [
            "plain",
            "it's \"x\": #y",
            "back\\slash\\\\",
            "/a/b",
            "tab\t new\nline",
            "\u0001\u007f\u0085\u2028",
            "ünï ✓ 😀",
            "<&+>`",
            "",
            "\\u0041",
            new string('x', 300),
        ];
        foreach ((int i, string text) in texts.Index())
        {
            _home.Store.Save(TestHome.Record($"id{i}", text, $"/apps/{text}") with
            {
                Outputs = i % 2 == 0 ? DeploymentStoreTests.Outputs() : null,
            });
        }

        IndexRows? read = _home.Index.ReadQuickly();
        Assert.That(read, Is.Not.Null);
        var rows = new List<(string Id, string? Name, string? Path, string Address)>();
        for (int i = 0; i < read!.Count; i++)
        {
            IndexRow row = read[i];
            rows.Add((
                Encoding.UTF8.GetString(row.Id),
                JsonString.Text(row.Name),
                JsonString.Text(row.AppPath),
                Encoding.UTF8.GetString(row.Address)));
        }

        Assert.That(
            rows,
            Is.EqualTo(texts.Select((text, i) => ($"id{i}", (string?)text, (string?)$"/apps/{text}", i % 2 == 0 ? "10.42.1.2" : ""))));
        Assert.That(
            _home.Index.Read().Select(entry => (entry.Name, entry.Status)),
            Is.EqualTo(texts.Select(text => (text, (DeploymentStatus?)DeploymentStatus.Deploying))));
    }

    [TestCase(
        "- {\"id\":\"b\",\"name\":\"b\",\"app_name\":\"b\",\"app_path\":\"/b\",\"pattern\":\"p\",\"grid\":\"local\","
            + "\"created_at\":\"2026-01-02T03:04:05+00:00\"}\n",
        TestName = "a line without a status")]
    [TestCase("- {broken\n", TestName = "a broken line")]
    [TestCase("- {\"id\":\"b\",\"na", TestName = "a torn line")]
    [TestCase(
        "- {\"id\":\"b\",\"name\":\"a\\\"b\",\"app_name\":\"b\",\"app_path\":\"/b\",\"pattern\":\"p\",\"grid\":\"local\","
            + "\"created_at\":\"2026-01-02T03:04:05+00:00\",\"status\":\"running\",\"updated_at\":\"2026-01-02T03:04:05+00:00\"}\n",
        TestName = "another writer's escape of a quote")]
    [TestCase("\n", TestName = "an empty line")]
    [TestCase("- {\"id\":\"é\"}\n", TestName = "a byte that we never write")]
    public void The_quick_way_leaves_to_the_long_one(string line)
    {
        _home.Store.Save(TestHome.Record("one"));
        Assert.That(_home.Index.ReadQuickly(), Is.Not.Null);

        File.AppendAllText(_home.Home.Index, line);

        Assert.That(_home.Index.ReadQuickly(), Is.Null);
    }

    [Test]
    public void Many_lines_come_in_their_order()
    {
        IndexEntry[] entries =
        [
            .. Enumerable.Range(0, 1000).Select(i => IndexEntry.Of(TestHome.Record($"id{i}", app: $"/apps/{new string('x', i % 97)}"))),
        ];

        IndexRows rows = IndexLine.Rows(entries);

        Assert.That(
            Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows[i].Id)),
            Is.EqualTo(entries.Select(entry => entry.Id)));
    }
}
