using TfgridCompose.Core.Looking.Leaks;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Removing;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Looking.Leaks;

/// <summary>What a state folder knows, and what of it on this machine outlived its deployment.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HomeDeploymentsTests : IDisposable
{
    private readonly LeakLab _lab = new();

    private TestHome Home => _lab.Home;

    public void Dispose() => _lab.Dispose();

    [Test]
    public void Records_live_what_lost_its_record_is_broken_and_tombstones_ended()
    {
        Home.Add(LeakLab.Record("living", 1) with { Status = DeploymentStatus.Running });
        Home.Add(LeakLab.Record("torn"));
        File.WriteAllText(Home.Home.Deployment("torn").Record, "{\"id\": \"to");
        Home.Add(LeakLab.Record("gone"));
        Directory.Delete(Home.Home.Deployment("gone").Path, recursive: true);
        Home.Home.Deployment("empty").Create();
        Ended.Add(EndedDeployment.Of(LeakLab.Record("ended", 5), DateTimeOffset.UnixEpoch, EndedDeployment.Unverified));
        File.WriteAllText(Ended.JournalOf("halfended"), "");

        IReadOnlyList<KnownDeployment> known = Known();

        Assert.That(known.OrderBy(deployment => deployment.Id, StringComparer.Ordinal).Select(
            deployment => $"{deployment.Id} {deployment.As} {deployment.Grid} {deployment.Reason}".TrimEnd()), Is.EqualTo([
            "empty Broken  its folder holds no record",
            "ended Ended main it ended 1970-01-01 00:00:00 UTC, unverified",
            "gone Broken main its folder is gone",
            "halfended Ended  it ended",
            "living Living main",
            "torn Broken main its record cannot be read",
        ]));
        Assert.That(known.Single(deployment => deployment.Id == "living").Contracts, Is.EqualTo([1]));
        Assert.That(known.Single(deployment => deployment.Id == "ended").Contracts, Is.EqualTo([5]));
    }

    [Test]
    public void A_record_of_a_newer_version_lives()
    {
        Home.Store.Save(Home.Add(LeakLab.Record("newer")) with { Schema = 99 });

        Assert.That(Known().Single().As, Is.EqualTo(KnownAs.Living));
    }

    [Test]
    public void What_was_fetched_again_after_its_end_lives_and_keeps_its_files()
    {
        Ended.Add(EndedDeployment.Of(LeakLab.Record("again"), DateTimeOffset.UtcNow.AddHours(-1), EndedDeployment.Elsewhere));
        DeploymentRecord record = Home.Add(LeakLab.Record("again", 1) with { Status = DeploymentStatus.Running });

        Assert.That(Known().Single().As, Is.EqualTo(KnownAs.Living));
        Assert.That(new DeploymentRemoval(_lab.Here, Home.Index).FinishInterrupted(Holder), Is.Empty);
        Assert.That(Home.Store.Load(record.Id), Is.Not.Null);
    }

    [TestCase(DeploymentStatus.Running, true)]
    [TestCase(DeploymentStatus.Failed, true)]
    [TestCase(DeploymentStatus.Deploying, false)]
    [TestCase(DeploymentStatus.Destroying, false)]
    public void Strays_are_claimed_only_where_nothing_is_under_way(DeploymentStatus status, bool claims)
    {
        Home.Add(LeakLab.Record("abc", 1) with { Status = status });

        Assert.That(Known().Single().Contracts is not null, Is.EqualTo(claims));
    }

    [Test]
    public void The_state_of_terraform_says_what_a_living_one_has_and_a_torn_one_says_nothing()
    {
        Home.Add(LeakLab.Record("abc") with { Status = DeploymentStatus.Running });
        string state = Path.Combine(Home.Home.Deployment("abc").Terraform, "terraform.tfstate");
        File.WriteAllText(state, """{"resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"attributes":{"id":"2","node":8}}]}]}""");
        Assert.That(Known().Single().Contracts, Is.EqualTo([2]));

        File.WriteAllText(state, "{");

        Assert.That(Known().Single().Contracts, Is.Null);
    }

    // From another one's state, every contract of this one would look like a leak.
    [TestCase("\"lineage\":\"other\",", "tfc/abc")]
    [TestCase("", "tfc/another1")]
    public void Another_deployments_state_says_nothing_of_its_contracts(string lineage, string tag)
    {
        Home.Add(LeakLab.Record("abc", 1) with { Status = DeploymentStatus.Running, StateLineage = "own" });
        File.WriteAllText(
            Path.Combine(Home.Home.Deployment("abc").Terraform, "terraform.tfstate"),
            $$$"""{{{{lineage}}}"resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"attributes":{"id":"1","solution_type":"{{{tag}}}"}}]}]}""");

        Assert.That(Known().Single().Contracts, Is.Null);
    }

    [Test]
    public async Task Files_that_outlived_their_deployment_are_found_and_those_of_living_ones_are_not()
    {
        Home.Add(LeakLab.Record("living"));
        _lab.Here.Ranges.Take(Home.Home.Deployment("living").Path);
        Home.Home.Deployment("empty").Create();
        Directory.SetLastWriteTimeUtc(Home.Home.Deployment("empty").Path, _lab.Clock.GetUtcNow().UtcDateTime.AddHours(-1));
        Home.Home.Deployment("being").Create();
        Directory.SetLastWriteTimeUtc(Home.Home.Deployment("being").Path, _lab.Clock.GetUtcNow().UtcDateTime);
        string gone = _lab.Here.Ranges.Take(Path.Combine(Home.Home.Deployments, "gone"));
        string elsewhere = _lab.Here.Ranges.Take("/home/somebody/.tfgrid-compose/deployments/other");
        Ended.Add(EndedDeployment.Of(LeakLab.Record("ended"), DateTimeOffset.UnixEpoch, EndedDeployment.ByGrid));
        string holder = LockFiles.Of(Home.Home, "ended", "hello").Holder;
        File.WriteAllText(holder, "{}");

        (IReadOnlyList<MachineLeftover> left, _) = await new MachineSearch(_lab.Here).FindAsync(Known(), CancellationToken.None);

        Assert.That(left.Where(item => item.Kind != LeftoverKind.Tunnel).Select(
            item => $"{item.Owner} {item.Kind} {item.What} {item.DeploymentId}"), Is.EquivalentTo([
            $"Ours Folder {Home.Home.Deployment("empty").Path} empty",
            $"Ours Range {gone} gone",
            $"Foreign Range {elsewhere} other",
            $"Ours Lock {holder} ended",
        ]));
    }

    [Test]
    public void Of_tombstones_the_newest_thousand_are_kept_each_with_its_journal()
    {
        Home.Home.Create();
        for (int i = 0; i < 1003; i++)
        {
            string id = $"d{i}";
            Home.Home.Deployment(id).Create();
            File.WriteAllText(Home.Home.Deployment(id).Journal, id);
            Ended.Add(EndedDeployment.Of(LeakLab.Record(id, i), DateTimeOffset.UnixEpoch, EndedDeployment.ByGrid));
            File.SetLastWriteTimeUtc(Path.Combine(Home.Home.Ended, $"{id}.json"), DateTime.UnixEpoch.AddMinutes(i));
        }

        Assert.That(Ended.Ids, Has.Count.EqualTo(1000).And.None.EqualTo("d2").And.Contains("d3"));
        Assert.That(File.ReadAllText(Ended.JournalOf("d1002")), Is.EqualTo("d1002"));
        Assert.That(File.Exists(Ended.JournalOf("d2")), Is.False);
        Assert.That(File.GetUnixFileMode(Ended.JournalOf("d3")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Ended.Find("d1002")?.Contracts, Is.EqualTo([1002]));
        Assert.That(Ended.Find("d2"), Is.Null);
    }

    private EndedDeployments Ended => new(Home.Home);

    private IReadOnlyList<KnownDeployment> Known() => new HomeDeployments(Home.Store, Home.Index).Read();

    private static LockHolder Holder() => new("ann", "here", Environment.ProcessId, "tfgrid-compose leaks", DateTimeOffset.UtcNow);
}
