using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;

namespace TfgridCompose.Core.Tests.Sharing;

/// <summary>Two machines and one backend.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedSessionTests : IDisposable
{
    private readonly string _backend = Directory.CreateTempSubdirectory("tfc-backend-").FullName;
    private readonly Machine _laptop = new("laptop");
    private readonly Machine _server = new("server");

    private BackendPlace Place => Machine.PlaceIn(_backend);

    public void Dispose()
    {
        _laptop.Dispose();
        _server.Dispose();
        Directory.Delete(_backend, recursive: true);
    }

    [Test]
    public async Task Another_machine_finds_the_deployment_and_keeps_what_is_its_own()
    {
        DeploymentRecord made = await MakeAsync();
        await File.WriteAllTextAsync(_laptop.Home.Deployment(made.Id).KnownHosts, "pinned");
        await using (SharedSession laptop = await _laptop.OpenAsync(Place, made))
        {
            await laptop.HoldAsync(CancellationToken.None);
        }

        await using SharedSession server = await _server.OpenAsync(Place, null);

        DeploymentRecord found = server.Existing!;
        Assert.That((server.Attached, found.Id, found.Seed, found.AppPath), Is.EqualTo((true, made.Id, made.Seed, _server.AppFolder)));
        Assert.That(
            (found.SshKey, found.WireguardInterface),
            Is.EqualTo(((string?)null, (string?)null)),
            "the laptop's key and interface are not there");
        Assert.That(File.ReadAllText(_server.Home.Deployment(made.Id).KnownHosts), Is.EqualTo("pinned"));
        Assert.That(_server.Index.Read().Single().Id, Is.EqualTo(made.Id));
        Assert.That(
            new FileInfo(Path.Combine(_server.AppFolder, ".tfgrid-compose")).LinkTarget,
            Is.EqualTo(_server.Home.Deployment(made.Id).Path));
        Assert.That(_laptop.Load()!.WireguardInterface, Is.EqualTo("wg7"));
    }

    [Test]
    public async Task While_one_holds_it_the_other_is_refused_and_told_who()
    {
        DeploymentRecord made = await MakeAsync();
        await using SharedSession laptop = await _laptop.OpenAsync(Place, made);
        await laptop.HoldAsync(CancellationToken.None);

        DiagnosticException refused = await RefusalAsync(() => _server.OpenAsync(Place, null));

        Assert.That((refused.ExitCode, refused.Diagnostics[0].Code), Is.EqualTo((ExitCode.Conflict, SharedStateCodes.HeldElsewhere)));
        Assert.That(refused.Diagnostics[0].Message, Does.Contain("process 1 of ann on laptop"));
    }

    [Test]
    public async Task Of_two_that_begin_at_once_one_is_refused_before_anything_is_made()
    {
        await using SharedSession laptop = await _laptop.OpenAsync(Place, null);
        await using SharedSession server = await _server.OpenAsync(Place, null);
        await laptop.HoldAsync(CancellationToken.None);

        DiagnosticException refused = await RefusalAsync(() => server.HoldAsync(CancellationToken.None));

        Assert.That(refused.Diagnostics[0].Code, Is.EqualTo(SharedStateCodes.HeldElsewhere));
        Assert.That(
            Directory.Exists(Path.Combine(_server.Home.Path, "deployments"))
                ? Directory.GetDirectories(Path.Combine(_server.Home.Path, "deployments"))
                : [],
            Is.Empty);
    }

    [Test]
    public async Task A_change_made_in_between_is_not_overwritten()
    {
        DeploymentRecord made = await MakeAsync();
        DeploymentRecord there = (await _server.OpenAsync(Place, null)).Existing!;
        await using SharedSession laptop = await _laptop.OpenAsync(Place, made);
        await using (SharedSession server = await _server.OpenAsync(Place, there))
        {
            await server.HoldAsync(CancellationToken.None);
            _server.Here.Store.Save(there with { AppVersion = "2.0" });
        }

        DiagnosticException refused = await RefusalAsync(() => laptop.HoldAsync(CancellationToken.None));

        Assert.That(refused.Diagnostics[0].Code, Is.EqualTo(SharedStateCodes.ChangedMeanwhile));
        await using SharedSession again = await _laptop.OpenAsync(Place, _laptop.Load());
        Assert.That(again.Existing!.AppVersion, Is.EqualTo("2.0"));
    }

    [Test]
    public async Task A_holder_that_died_on_this_machine_is_taken_over_with_a_note()
    {
        DeploymentRecord made = await MakeAsync();
        SharedSession died = await _laptop.OpenAsync(Place, made, processId: int.MaxValue);
        await died.HoldAsync(CancellationToken.None);

        await using SharedSession next = await _laptop.OpenAsync(Place, made);
        await next.HoldAsync(CancellationToken.None);

        Assert.That(_laptop.Said, Has.Some.Contains("taking over from").And.Some.Contains("on laptop"));
    }

    [Test]
    public async Task After_a_destroy_the_others_learn_of_it_and_a_new_one_can_be_made()
    {
        DeploymentRecord made = await MakeAsync();
        DeploymentRecord there = (await _server.OpenAsync(Place, null)).Existing!;
        await using (SharedSession laptop = await _laptop.OpenAsync(Place, made))
        {
            await laptop.HoldAsync(CancellationToken.None);
            await laptop.EndAsync(movedTo: null, CancellationToken.None);
        }

        DiagnosticException refused = await RefusalAsync(() => _server.OpenAsync(Place, there));
        await using SharedSession another = await _laptop.OpenAsync(Place, null);

        Assert.That(refused.Diagnostics[0].Code, Is.EqualTo(SharedStateCodes.DestroyedElsewhere));
        Assert.That(another.Existing, Is.Null);
        Assert.That(
            File.ReadAllText(Path.Combine(_backend, "record.tfstate")),
            Does.Not.Contain(made.Seed),
            "the seed goes with the deployment");
    }

    [Test]
    public async Task Another_place_than_the_recorded_one_is_refused_and_says_how_to_move()
    {
        DeploymentRecord made = await MakeAsync();

        DiagnosticException moved = await RefusalAsync(() => _laptop.OpenAsync(Place with { Location = "s3://other" }, made));
        DiagnosticException local = await RefusalAsync(() => _laptop.OpenAsync(null, made));

        Assert.That(new[] { moved, local }.Select(each => each.Diagnostics[0].Code), Is.All.EqualTo(SharedStateCodes.BackendChanged));
        string known = $"The state of hello ({made.Id}) is in {_backend}; the manifest and the configuration now say";
        Assert.That(
            new[] { moved, local }.Select(each => each.Diagnostics[0].Message),
            Is.EqualTo(new[] { $"{known} s3://other.", $"{known} this machine." }));
        Assert.That(moved.Diagnostics[0].Remedy, Does.Contain($"state migrate {made.Id}"));
        Assert.That(local.Diagnostics[0].Remedy, Does.Contain("--to local"));
    }

    [Test]
    public async Task A_backend_that_lost_the_record_is_no_reason_for_a_second_deployment()
    {
        DeploymentRecord made = await MakeAsync();
        File.Delete(Path.Combine(_backend, "record.tfstate"));

        DiagnosticException gone = await RefusalAsync(() => _laptop.OpenAsync(Place, made));

        Assert.That(gone.Diagnostics[0].Code, Is.EqualTo(SharedStateCodes.RecordGone));
    }

    [Test]
    public async Task A_record_that_cannot_be_written_is_a_warning_and_the_verb_goes_on()
    {
        DeploymentRecord made = await MakeAsync();
        SharedSession session = await _laptop.OpenAsync(Place, made);
        await session.HoldAsync(CancellationToken.None);
        Directory.Delete(_backend, recursive: true);
        File.WriteAllText(_backend, "no folder any more");

        await session.DisposeAsync();

        Diagnostic warning = _laptop.Events.All.OfType<DiagnosticRaised>().Single().Diagnostic;
        Assert.That((warning.Code, warning.Severity), Is.EqualTo((SharedStateCodes.NotPublished, Severity.Warning)));
        Assert.That(
            warning.Message,
            Does.StartWith("The shared record of hello could not be written; other machines see an older one: "));
        Assert.That(warning.Remedy, Does.EndWith("; `tfgrid-compose up` writes it again"));
        File.Delete(_backend);
        Directory.CreateDirectory(_backend);
    }

    [Test]
    public async Task Where_nothing_is_shared_nothing_is_asked()
    {
        await using SharedSession session = await _laptop.OpenAsync(null, _laptop.Create());
        await session.HoldAsync(CancellationToken.None);
        await session.PublishAsync(CancellationToken.None);

        Assert.That(session.IsShared, Is.False);
        Assert.That(Directory.Exists(_laptop.Home.Deployment("abc123xyz").SharedRecord), Is.False);
    }

    [Test]
    public async Task Readers_see_the_newest_record_and_fall_back_to_their_own_with_a_warning()
    {
        DeploymentRecord made = await MakeAsync();
        DeploymentRecord there = (await _server.OpenAsync(Place, null)).Existing!;
        await using (SharedSession laptop = await _laptop.OpenAsync(Place, made))
        {
            await laptop.HoldAsync(CancellationToken.None);
            _laptop.Here.Store.Save(made with { AppVersion = "9" });
        }

        var reader = new SharedReader(_server.Here, _server.Holder());
        DeploymentRecord newest = await reader.NewestAsync(there, CancellationToken.None);
        _server.Here.Store.Save(newest with { AppVersion = "mine" });
        DeploymentRecord unchanged = await reader.NewestAsync(_server.Load()!, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_backend, "record.tfstate"), "broken");
        DeploymentRecord own = await reader.NewestAsync(newest, CancellationToken.None);

        Assert.That((newest.AppVersion, own.AppVersion), Is.EqualTo(("9", "9")));
        Assert.That(unchanged.AppVersion, Is.EqualTo("mine"), "the backend holds nothing newer than what was read before");
        Assert.That(_server.Said, Has.Some.Contains(SharedStateCodes.LocalCopyUsed));
    }

    [Test]
    public async Task A_reader_leaves_the_copy_alone_while_a_verb_of_its_home_works()
    {
        DeploymentRecord made = await MakeAsync();
        DeploymentRecord there = (await _server.OpenAsync(Place, null)).Existing!;
        await using (SharedSession laptop = await _laptop.OpenAsync(Place, made))
        {
            await laptop.HoldAsync(CancellationToken.None);
            _laptop.Here.Store.Save(made with { AppVersion = "9" });
        }

        var reader = new SharedReader(_server.Here, _server.Holder());
        using (DeploymentLock.Take(_server.Home, there.Id, there.Name, _server.Holder()))
        {
            Assert.That((await reader.NewestAsync(there, CancellationToken.None)).AppVersion, Is.EqualTo(there.AppVersion));
            Assert.That(_server.Load()!.AppVersion, Is.EqualTo(there.AppVersion));
        }

        Assert.That((await reader.NewestAsync(there, CancellationToken.None)).AppVersion, Is.EqualTo("9"));
    }

    [Test]
    public async Task A_reader_knows_who_works_on_it_elsewhere()
    {
        DeploymentRecord made = await MakeAsync();
        DeploymentRecord there = (await _server.OpenAsync(Place, null)).Existing!;
        var reader = new SharedReader(_server.Here, _server.Holder());
        await using (SharedSession laptop = await _laptop.OpenAsync(Place, made))
        {
            await laptop.HoldAsync(CancellationToken.None);
            await reader.NewestAsync(there, CancellationToken.None);
            Assert.That(reader.Worker?.Host, Is.EqualTo(_laptop.Holder().Host));
        }

        await reader.NewestAsync(there, CancellationToken.None);
        Assert.That(reader.Worker, Is.Null);
    }

    [Test]
    public async Task An_attached_deployment_has_its_address_range_here_too()
    {
        DeploymentRecord made = await MakeAsync();
        string other = _server.Home.Deployment("other0000").Path;
        Directory.CreateDirectory(other);
        await using (SharedSession first = await _server.OpenAsync(Place, null))
        {
            Assert.That(_server.Ranges.LivingFolders(), Is.EqualTo([_server.Home.Deployment(made.Id).Path]));
            Assert.That(_server.Said, Is.Empty);
        }

        Directory.Delete(_server.Home.Deployment(made.Id).Path, recursive: true);
        Assert.That(_server.Ranges.TryTake(made.IpRange, other, out _));
        await using SharedSession second = await _server.OpenAsync(Place, null);

        Assert.That(
            _server.Events.All.OfType<Note>().Select(note => note.Text),
            Has.Member($"hello (abc123xyz) and {other} have the same address range, {made.IpRange}: "
                + "only one of their WireGuard tunnels can be up at a time here"));
    }

    private static async Task<DiagnosticException> RefusalAsync(Func<Task> work) =>
        (await Assert.ThrowsAsync<DiagnosticException>(() => work()))!;

    private async Task<DeploymentRecord> MakeAsync()
    {
        await using SharedSession session = await _laptop.OpenAsync(Place, null);
        await session.HoldAsync(CancellationToken.None);
        return await session.BeginAsync(_laptop.Create(), CancellationToken.None);
    }
}
