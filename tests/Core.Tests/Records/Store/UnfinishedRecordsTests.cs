using System.Globalization;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Store;

/// <summary>What a killed process leaves between two writes is cleared away by the next run, and nothing else is.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UnfinishedRecordsTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly AddressRanges _ranges;
    private readonly UnfinishedRecords _unfinished;

    public UnfinishedRecordsTests()
    {
        _ranges = new AddressRanges(Path.Combine(_home.Root, "ranges"), () => []);
        _unfinished = new UnfinishedRecords(_home.Home, _ranges, _home.Index);
        _home.Home.Create();
    }

    public void Dispose() => _home.Dispose();

    [Test]
    public void A_folder_without_a_record_goes_with_its_range()
    {
        DeploymentFolder killed = Folder("killed000");
        _ranges.Take(killed.Path);
        DeploymentRecord alive = _home.Add(TestHome.Record());
        string kept = _ranges.Take(_home.Home.Deployment(alive.Id).Path);

        _unfinished.Clear();

        Assert.That(Directory.Exists(killed.Path), Is.False);
        Assert.That(
            Directory.GetFiles(_ranges.Folder, "10.*").Select(File.ReadAllText),
            Is.EqualTo(new[] { _home.Home.Deployment(alive.Id).Path }),
            kept);
        Assert.That(_home.Store.Load(alive.Id), Is.Not.Null);
    }

    [Test]
    public void A_folder_with_Terraform_state_stays_whatever_else_is_missing()
    {
        DeploymentFolder folder = Folder("costly000");
        File.WriteAllText(Path.Combine(folder.Terraform, "terraform.tfstate"), "{}");

        _unfinished.Clear();

        Assert.That(Directory.Exists(folder.Path), Is.True);
    }

    [TestCase("terraform/tfgrid_compose_backend.tf.json", "{}")]
    [TestCase("backups/0001-20260102T030405Z.tfstate", "{}")]
    public void A_folder_that_names_a_state_elsewhere_or_keeps_one_stays(string file, string text)
    {
        DeploymentFolder folder = Folder("costly000");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, file))!);
        File.WriteAllText(Path.Combine(folder.Path, file), text);

        _unfinished.Clear();

        Assert.That(Directory.Exists(folder.Path), Is.True);
    }

    [Test]
    public void Torn_files_of_dead_writers_go_and_those_of_living_ones_stay()
    {
        string dead = Torn(int.MaxValue);
        string alive = Torn(Environment.ProcessId);
        string yours = Path.Combine(_home.Home.Path, "notes.tmp");
        File.WriteAllText(yours, "");

        _unfinished.Clear();

        Assert.That(new[] { dead, alive, yours }.Select(File.Exists), Is.EqualTo([false, true, true]));
    }

    [Test]
    public void A_forgotten_deployment_leaves_nothing_even_when_the_forgetting_was_cut_short()
    {
        DeploymentRecord record = _home.Add(TestHome.Record());
        record = record with { IpRange = _ranges.Take(_home.Home.Deployment(record.Id).Path) };
        DeploymentRecord other = _home.Add(TestHome.Record("other0000", "other", "/apps/other"));

        _unfinished.Forget(record);

        Assert.That(Directory.Exists(_home.Home.Deployment(record.Id).Path), Is.False);
        Assert.That(Directory.GetFiles(_ranges.Folder, "10.*"), Is.Empty);

        // As a kill right after the rename leaves it.
        PrivateFile.CreateFolder(_home.Home.Forgotten);
        Directory.Move(_home.Home.Deployment(other.Id).Path, Path.Combine(_home.Home.Forgotten, other.Id));
        _unfinished.Clear();

        Assert.That(Directory.GetDirectories(_home.Home.Forgotten), Is.Empty);
        Assert.That(_home.Index.Read(), Is.Empty);
    }

    private DeploymentFolder Folder(string id)
    {
        DeploymentFolder folder = _home.Home.Deployment(id);
        folder.Create();
        return folder;
    }

    private string Torn(int writer)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{_home.Home.Index}.{writer}.tmp");
        File.WriteAllText(path, "");
        return path;
    }
}
