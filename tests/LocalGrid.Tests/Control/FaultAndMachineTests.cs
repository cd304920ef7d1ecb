using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Control;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FaultAndMachineTests : IDisposable
{
    private readonly ControlLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void Faults_are_added_listed_and_cleared()
    {
        ControlLab.Result first = _lab.Run("fault add half-way --node 1 --times 2");
        ControlLab.Result second = _lab.Run("fault add no-boot");

        Assert.That(first, Is.EqualTo(new ControlLab.Result(0, "[{\"id\":1,\"kind\":\"half-way\",\"node\":1,\"remaining\":2}]\n", "")));
        Assert.That(second.Json[1].GetRawText(), Is.EqualTo("{\"id\":2,\"kind\":\"no-boot\",\"node\":0,\"remaining\":0}"));
        Assert.That(_lab.Run("fault list").Output, Is.EqualTo(second.Output));
        Assert.That(_lab.Run("fault clear").Output, Is.EqualTo("[]\n"));
        Assert.That(_lab.World.Faults, Is.Empty);
    }

    [Test]
    public void Every_kind_that_the_grid_knows_can_be_added()
    {
        foreach (string kind in GridFaults.Kinds)
        {
            Assert.That(_lab.Run($"fault add {kind}").ExitCode, Is.Zero, kind);
        }

        Assert.That(
            _lab.World.Faults.Select(fault => fault.Kind),
            Is.EqualTo(
                new[] { "refuse", "unhealthy", "half-way", "no-boot", "slow-network", "provider-dies", "late-node", "no-revert" }));
    }

    [Test]
    public void The_faults_of_one_node_are_cleared_alone()
    {
        _lab.Run("fault add no-boot --node 1");
        _lab.Run("fault add refuse --node 2");

        Assert.That(_lab.Run("fault clear --node 2").ExitCode, Is.Zero);

        Assert.That(_lab.World.Faults.Single().Node, Is.EqualTo(1));
    }

    [TestCase("fault add earthquake")]
    [TestCase("fault add")]
    [TestCase("fault")]
    [TestCase("fault clear all")]
    [TestCase("fault add no-boot --node 1 --node 2")]
    [TestCase("fault add no-boot --times 1 --node 1 --times 2")]
    [TestCase("fault add no-boot --farm 1")]
    public void An_unknown_kind_or_use_shows_what_there_is_and_adds_nothing(string line)
    {
        ControlLab.Result result = _lab.Run(line);

        Assert.That(result, Is.EqualTo(new ControlLab.Result(
            2,
            "",
            "fault add refuse|unhealthy|half-way|no-boot|slow-network|provider-dies|late-node|no-revert [--node N] [--times N], "
                + "fault list, fault clear [--node N]\n")));
        Assert.That(_lab.World.Faults, Is.Empty);
    }

    [TestCase("fault add no-boot --node", "--node")]
    [TestCase("fault add no-boot --times often", "--times")]
    public void An_option_needs_a_number(string line, string option)
    {
        Assert.That(_lab.Run(line), Is.EqualTo(new ControlLab.Result(4, "", $"Bad option: {option} needs a number\n")));
        Assert.That(_lab.World.Faults, Is.Empty);
    }

    [Test]
    public void A_machine_is_stopped_and_started_and_a_second_time_changes_nothing()
    {
        _lab.Grid.Deploy("one");

        Assert.That(_lab.Run("machine start tfl-v3"), Is.EqualTo(new ControlLab.Result(
            0, "{\"machine\":\"tfl-v3\",\"state\":\"running\",\"changed\":false}\n", "tfl-v3 is already running\n")));
        Assert.That(_lab.Run("machine stop tfl-v3"), Is.EqualTo(new ControlLab.Result(
            0, "{\"machine\":\"tfl-v3\",\"state\":\"stopped\",\"changed\":true}\n", "")));
        Assert.That(_lab.Run("machine stop tfl-v3"), Is.EqualTo(new ControlLab.Result(
            0, "{\"machine\":\"tfl-v3\",\"state\":\"stopped\",\"changed\":false}\n", "tfl-v3 is already stopped\n")));
        Assert.That(_lab.Run("machine start tfl-v3"), Is.EqualTo(new ControlLab.Result(
            0, "{\"machine\":\"tfl-v3\",\"state\":\"running\",\"changed\":true}\n", "")));
    }

    [Test]
    public void After_a_reboot_start_says_what_came_back_and_what_did_not()
    {
        _lab.Grid.Deploy("one", "two");
        Assert.That(_lab.Run("start"), Is.EqualTo(new ControlLab.Result(0, "{\"networks\":[],\"machines\":[],\"failed\":[]}\n", "")));
        _lab.Grid.Reboot();
        Directory.Delete(_lab.Computer.In("/grid/machines/tfl-v4/upper"), recursive: true);

        ControlLab.Result result = _lab.Run("start");

        const string Failure = "tfl-v4 (two): the files of tfl-v4 are gone; run terraform apply to create it again";
        Assert.That(result, Is.EqualTo(new ControlLab.Result(
            4, $$"""{"networks":["net"],"machines":["tfl-v3 (one)"],"failed":["{{Failure}}"]}""" + "\n", $"{Failure}\n")));
    }

    [Test]
    public void Switching_a_machine_after_a_reboot_brings_the_others_back_too()
    {
        _lab.Grid.Deploy("one", "two");
        _lab.Grid.Reboot();

        Assert.That(_lab.Run("machine stop tfl-v3").Json.GetProperty("changed").GetBoolean());

        Assert.That(
            _lab.World.Vms.Select(item => (item.Vm.Name, item.Vm.Process)),
            Is.EqualTo(new[] { ("one", null), ("two", ProcessIdentity.Current) }));
    }

    [Test]
    public void Status_shows_image_nodes_contracts_machines_faults_and_leftovers()
    {
        _lab.Grid.Deploy("one");
        long contract = _lab.World.Deployments[0].Contract;
        _lab.Computer.Store.Change(world => world.Deployments[0].Disks =
            [new DiskRecord("data", 2), new DiskRecord("plain", 3) { Kind = DiskRecord.Directory }]);
        _lab.Computer.Store.Change(world => world.Faults.Add(new FaultRecord(1, "no-boot", 2, 3)));
        _lab.Computer.Write("/run/netns/tfl-n99", "");
        string image = Directory.GetDirectories(_lab.Computer.Paths.Images).Single();

        ControlLab.Result result = _lab.Run("status");

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
        Assert.That(result.Json.GetProperty("image").GetRawText(), Is.EqualTo($$"""{"path":"{{image}}","current":true}"""));
        Assert.That(result.Json.GetProperty("nodes")[0].GetRawText(), Is.EqualTo(OneLine.Of("""
            {"node":1,"farm":"Lochristi","total_cpus":8,"used_cpus":1,
            "total_memory_mb":16384,"free_memory_mb":13312,"total_disk_mb":204800,"free_disk_mb":178700}
            """)));
        Assert.That(result.Json.GetProperty("nodes").GetArrayLength(), Is.EqualTo(8));
        Assert.That(result.Json.GetProperty("contracts").GetRawText(), Is.EqualTo(OneLine.Of($$"""
            [{"contract":1001,"node":1,"type":"network","name":"net","project":"Network"},
            {"contract":1002,"node":4,"type":"network","name":"net","project":"Network"},
            {"contract":{{contract}},"node":1,"type":"vm","name":"vm","project":"tfc/x"}]
            """)));
        Assert.That(result.Json.GetProperty("vms").GetRawText(), Is.EqualTo(OneLine.Of($$"""
            [{"name":"one","machine":"tfl-v3","node":1,"contract":{{contract}},"network":"net","ips":["10.1.3.2"],
            "state":"running","pid":{{Environment.ProcessId}},
            "disks":["data: 2 GB, ext4 image","plain: 3 GB, directory without a size limit"],
            "console":"{{_lab.Computer.In("/grid/machines/tfl-v3/console.log")}}","profile":"usual"}]
            """)));
        Assert.That(result.Json.GetProperty("faults").GetRawText(), Is.EqualTo("""[{"id":1,"kind":"no-boot","node":2,"remaining":3}]"""));
        Assert.That(result.Json.GetProperty("leftovers").GetRawText(), Is.EqualTo("""["namespace tfl-n99"]"""));
    }

    [Test]
    public void A_machine_that_is_off_is_shown_as_stopped_without_a_process()
    {
        _lab.Grid.Deploy("one");
        _lab.Run("machine stop tfl-v3");

        string vm = _lab.Run("status").Json.GetProperty("vms")[0].GetRawText();

        Assert.That(vm, Does.Contain("\"state\":\"stopped\"").And.Not.Contain("\"pid\""));
    }

    [Test]
    public void Status_tells_an_old_image_from_none()
    {
        Assert.That(_lab.Run("status").Json.GetProperty("image").GetRawText(), Is.EqualTo("""{"current":false}"""));

        _lab.Computer.MakeFolder("/grid/images/older");

        Assert.That(
            _lab.Run("status").Json.GetProperty("image").GetRawText(),
            Is.EqualTo($$"""{"path":"{{_lab.Computer.In("/grid/images/older")}}","current":false}"""));
    }
}
