using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Sharing.States;
using TfgridCompose.Core.Tools.Terraform.States;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Core.Tests.Sharing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StateMigrationTests : IDisposable
{
    private const string State = """
        {"version": 4, "terraform_version": "1.0.0", "serial": 3, "lineage": "0f7d7c6e-6f3e-4c8c-9b1a-0d9c5a1b2c3d", "outputs": {}, "resources": [
          {"mode": "managed", "type": "terraform_data", "name": "vm", "provider": "provider[\"terraform.io/builtin/terraform\"]",
           "instances": [{"schema_version": 0, "attributes": {"id": "7", "input": null, "output": null, "triggers_replace": null}, "sensitive_attributes": []}]}], "check_results": null}
        """;

    private readonly Machine _laptop = new("laptop");
    private readonly HttpBackend _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _laptop.Dispose();
    }

    [Test]
    public async Task A_state_moves_to_a_backend_and_back()
    {
        DeploymentRecord record = Deployed();

        await MigrateAsync(record, toLocal: false);
        Assert.That((File.Exists(LocalState), StatesThere()), Is.EqualTo((false, 1)));
        await MigrateAsync(_laptop.Load()!, toLocal: true);

        Assert.That(StateText.Parse(await File.ReadAllTextAsync(LocalState)).HasSameContent(StateText.Parse(State)));
        Assert.That(_laptop.Load()!.SharedState, Is.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Killed_before_any_tool_the_state_is_there_and_the_move_can_be_finished(bool toLocal)
    {
        DeploymentRecord record = Deployed();
        if (toLocal)
        {
            await MigrateAsync(record, toLocal: false);
        }

        // Once the record says so, it has moved.
        for (int calls = 0; calls < 60 && _laptop.Load()!.SharedState is null != toLocal; calls++)
        {
            await KillAsync(calls, toLocal);
            Assert.That(
                StateText.OfPull(await new StateOfDeployment(_laptop.Here, _laptop.Load()!).ReadAsync(CancellationToken.None)).Instances,
                Has.Count.EqualTo(1),
                $"killed before call {calls}");
        }

        Assert.That(_laptop.Load()!.SharedState is null, Is.EqualTo(toLocal));
    }

    [Test]
    public async Task A_state_that_is_there_already_from_a_killed_move_is_taken_for_the_copy()
    {
        DeploymentRecord record = Deployed();
        await MigrateAsync(record, toLocal: false);

        // As killed before the record was written: the copy is there, and this machine still works locally.
        _laptop.Here.Store.Save(record);
        BackendFile.Remove(_laptop.Home.Deployment(record.Id).Terraform);
        await File.WriteAllTextAsync(LocalState, State);
        _server.States.TryRemove(_server.States.Keys.Single(path => path.EndsWith(".record", StringComparison.Ordinal)), out _);
        await MigrateAsync(record, toLocal: false);

        Assert.That((File.Exists(LocalState), StatesThere()), Is.EqualTo((false, 1)));
    }

    [Test]
    public async Task A_place_that_holds_another_deployments_record_is_refused_and_nothing_moves()
    {
        using var other = new Machine("desktop");
        DeploymentRecord taken = Deployed();
        await MigrateAsync(taken, toLocal: false);
        DeploymentRecord mine = other.Create("def456xyz") with { AppPath = _laptop.AppFolder };
        string local = Path.Combine(other.Home.Deployment(mine.Id).Terraform, TerraformState.FileName);
        await File.WriteAllTextAsync(local, State);

        DiagnosticException refused = await TwoMachines.RefusalAsync(
            () => new StateMigration(other.Here, other.Terms()).RunAsync(mine, ManifestOf(mine), CancellationToken.None));

        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Conflict));
        Assert.That(other.Load(mine.Id)!.SharedState, Is.Null);
        Assert.That(await File.ReadAllTextAsync(local), Is.EqualTo(State));
    }

    [Test]
    public async Task A_place_that_holds_another_state_is_refused()
    {
        DeploymentRecord record = Deployed();
        await MigrateAsync(record, toLocal: false);
        _laptop.Here.Store.Save(record);
        BackendFile.Remove(_laptop.Home.Deployment(record.Id).Terraform);
        await File.WriteAllTextAsync(LocalState, State.Replace("\"name\": \"vm\"", "\"name\": \"other\"", StringComparison.Ordinal));
        _server.States.TryRemove(_server.States.Keys.Single(path => path.EndsWith(".record", StringComparison.Ordinal)), out _);

        DiagnosticException refused = await TwoMachines.RefusalAsync(() => MigrateAsync(record, toLocal: false));

        Assert.That(refused.Diagnostics[0].Code, Is.EqualTo(SharedStateCodes.TargetNotEmpty));
        Assert.That(refused.Diagnostics[0].Message, Does.Contain("terraform_data.vm"));
        Assert.That(_laptop.Load()!.SharedState, Is.Null);
    }

    [Test]
    public async Task A_state_does_not_move_to_where_it_is()
    {
        DiagnosticException refused = await TwoMachines.RefusalAsync(() => MigrateAsync(Deployed(), toLocal: true));

        Assert.That(refused.Diagnostics[0].Code, Is.EqualTo(SharedStateCodes.NothingToMigrate));
    }

    [TestCase("no json")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("")]
    public async Task What_is_not_a_state_is_not_pushed(string text)
    {
        DeploymentRecord record = Deployed();
        string file = Path.Combine(_laptop.AppFolder, "pushed");
        await File.WriteAllTextAsync(file, text);

        DiagnosticException refused = await TwoMachines.RefusalAsync(
            () => new StateReplacement(_laptop.Here, _laptop.Terms()).PushAsync(record, file, CancellationToken.None));

        Assert.That((refused.ExitCode, refused.Diagnostics[0].Code), Is.EqualTo((ExitCode.Usage, SharedStateCodes.NotAState)));
        Assert.That(await File.ReadAllTextAsync(LocalState), Is.EqualTo(State));
    }

    [Test]
    public async Task A_local_state_beside_the_backends_file_does_not_stop_the_next_run()
    {
        await MigrateAsync(Deployed(), toLocal: false);
        await File.WriteAllTextAsync(LocalState, State);
        BackendPlace place = SharedTarget.PlaceOf(_laptop.Here, ManifestFile.Load(_laptop.AppFolder).Manifest, "hello")!;

        await using SharedSession session = await _laptop.OpenAsync(place, _laptop.Load());
        Directory.Delete(Path.Combine(_laptop.Home.Deployment("abc123xyz").Terraform, ".terraform"), recursive: true);
        string state = await new StateOfDeployment(_laptop.Here, session.Existing!).ReadAsync(CancellationToken.None);

        Assert.That(StateText.Parse(state).Instances, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_was_destroyed_elsewhere_is_neither_moved_nor_restored_nor_written_over()
    {
        await MigrateAsync(Deployed(), toLocal: false);
        DeploymentRecord record = _laptop.Load()!;
        await using (SharedSession session = await _laptop.OpenAsync(SharedTarget.OfRecord(SharedPurpose.UseCopy, record)))
        {
            await session.HoldAsync(CancellationToken.None);
            await session.EndAsync(movedTo: null, CancellationToken.None);
        }

        string file = Path.Combine(_laptop.AppFolder, "pushed");
        await File.WriteAllTextAsync(file, State);
        int backup = new StateBackups(_laptop.Home.Deployment(record.Id), TimeProvider.System).All[^1].Number;
        var replacement = new StateReplacement(_laptop.Here, _laptop.Terms());
        DiagnosticException[] refused =
        [
            await TwoMachines.RefusalAsync(() => MigrateAsync(record, toLocal: true)),
            await TwoMachines.RefusalAsync(() => replacement.PushAsync(record, file, CancellationToken.None)),
            await TwoMachines.RefusalAsync(() => replacement.RestoreAsync(record, backup, CancellationToken.None)),
        ];

        Assert.That(refused.Select(each => each.Diagnostics[0].Code), Is.All.EqualTo(SharedStateCodes.DestroyedElsewhere));
        Assert.That(_laptop.Load()!.SharedState, Is.Not.Null);
    }

    [TestCase("0f7d7c6e-6f3e-4c8c-9b1a-0d9c5a1b2c3d", "tfc/other0000", "contracts of the deployment other0000")]
    [TestCase("11111111-6f3e-4c8c-9b1a-0d9c5a1b2c3d", "tfc/abc123xyz", "its lineage is 11111111")]
    [TestCase("0f7d7c6e-6f3e-4c8c-9b1a-0d9c5a1b2c3d", "tfc/abc123xyz", null)]
    public async Task Only_the_deployments_own_state_can_be_pushed(string lineage, string owner, string? why)
    {
        DeploymentRecord record = Deployed();
        string file = Path.Combine(_laptop.AppFolder, "pushed");
        await File.WriteAllTextAsync(file, State
            .Replace("0f7d7c6e-6f3e-4c8c-9b1a-0d9c5a1b2c3d", lineage, StringComparison.Ordinal)
            .Replace("\"id\": \"7\"", $"\"id\": \"8\", \"solution_type\": \"{owner}\"", StringComparison.Ordinal));
        Task Push() => new StateReplacement(_laptop.Here, _laptop.Terms()).PushAsync(record, file, CancellationToken.None);

        if (why is null)
        {
            await Push();
        }
        else
        {
            Assert.That(
                (await TwoMachines.RefusalAsync(Push)).Diagnostics[0].Message,
                Does.Contain(why).And.Contain("Nothing was written"));
        }

        Assert.That(await File.ReadAllTextAsync(LocalState), why is null ? Does.Contain(owner) : Is.EqualTo(State));
    }

    private string LocalState => Path.Combine(_laptop.Home.Deployment("abc123xyz").Terraform, TerraformState.FileName);

    private int StatesThere() =>
        _server.States.Values.Count(state => Encoding.UTF8.GetString(state).Contains("terraform_data", StringComparison.Ordinal));

    private DeploymentRecord Deployed()
    {
        File.WriteAllText(
            Path.Combine(_laptop.AppFolder, "tfgrid-compose.yaml"),
            $"name: hello\npattern: single-vm\nstate: {{backend: http, config: {{address: '{_server.Address}'}}}}\n");
        DeploymentRecord record = _laptop.Create();
        File.WriteAllText(LocalState, State);
        return record;
    }

    private Task MigrateAsync(DeploymentRecord record, bool toLocal) =>
        new StateMigration(_laptop.Here, _laptop.Terms()).RunAsync(record, toLocal ? null : ManifestOf(record), CancellationToken.None);

    private static Manifest ManifestOf(DeploymentRecord record) => ManifestFile.Load(record.AppPath).Manifest;

    private async Task KillAsync(int calls, bool toLocal)
    {
        Surroundings here = _laptop.Here;
        try
        {
            await new StateMigration(here with { Runner = new DyingRunner(here.Runner, calls) }, _laptop.Terms()).RunAsync(
                _laptop.Load()!,
                toLocal ? null : ManifestOf(_laptop.Load()!),
                CancellationToken.None);
        }
        catch (IOException)
        {
            // As killed.
        }
    }
}
