using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary>What this machine or the grid lacks, found before anything is made.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BadSurroundingsTests : IDisposable
{
    private const string PaidManifest = "name: hello\npattern: single-vm\nconfig: {node: 8}\nnetwork: {provision: [ipv4]}\n";
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TearDown]
    public void Nothing_was_created() => _lab.AssertNothingCreated();

    [Test]
    public async Task Neither_tofu_nor_terraform_is_installed()
    {
        _lab.RemoveTool("terraform");

        (await UpAsync()).AssertFailed(3, "TFC0301", "Neither tofu nor terraform is installed", "opentofu.org");
    }

    [Test]
    public async Task The_state_folder_cannot_be_written()
    {
        string file = _lab.Write("home/state", "a file, not a folder\n");
        _lab.Environment["TFGRID_COMPOSE_HOME"] = file;

        (await UpAsync()).AssertFailed(
            3,
            "TFC0310",
            $"The state folder {file} cannot be written: ",
            "give it to this user, or name another folder with TFGRID_COMPOSE_HOME");
    }

    // A loop of links stands for a folder that this user may not enter: nobody keeps root out of one.
    [TestCase("ps")]
    [TestCase("ps", "--output", "json")]
    [TestCase("down", "hello", "--yes")]
    [TestCase("status", "hello")]
    [TestCase("up", "APP")]
    public async Task A_state_folder_that_cannot_be_looked_into_is_not_empty(params string[] verb)
    {
        string home = Path.Combine(_lab.Root, "loop");
        Directory.CreateSymbolicLink(home, "loop");
        _lab.Environment["TFGRID_COMPOSE_HOME"] = home;

        CliResult result = await _lab.RunAsync([.. verb.Select(word => word == "APP" ? _lab.App : word)]);

        result.AssertFailed(3, "TFC0310", $"{home}", "TFGRID_COMPOSE_HOME");
        Assert.That(result.Out, Is.Empty);
    }

    [Test]
    public async Task Ansible_is_not_installed()
    {
        _lab.RemoveTool("ansible-playbook");

        (await UpAsync()).AssertFailed(3, "TFC0302", "ansible-playbook is not installed", "install ansible-core");
    }

    [Test]
    public async Task Ssh_is_not_installed()
    {
        _lab.RemoveTool("ssh");

        (await UpAsync()).AssertFailed(3, "TFC0303", "ssh is not installed", "install openssh-client");
    }

    [Test]
    public async Task WireGuard_is_asked_for_only_where_it_is_used()
    {
        _lab.RemoveTool("wg-quick");
        _lab.WriteManifest("name: hello\npattern: single-vm\nnetwork: {provision: [wireguard]}\n");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Problems, Has.Some.StartsWith("error TFC0304: wg-quick is not installed"));
    }

    [Test]
    public async Task The_user_has_no_ssh_key()
    {
        File.Delete(Path.Combine(_lab.Home, ".ssh/id_ed25519.pub"));

        (await UpAsync()).AssertFailed(3, "TFC0311", $"no {_lab.Home}/.ssh/id_*.pub", "ssh-keygen -t ed25519");
    }

    [TestCase("up")]
    [TestCase("plan")]
    public async Task The_users_ssh_key_has_a_passphrase_and_no_agent_holds_it(string verb)
    {
        string key = Path.Combine(_lab.Home, ".ssh", "id_ed25519");
        TestKey.Write(key, cipher: "aes256-ctr");

        (await _lab.RunAsync(verb, _lab.App, "--grid", "local"))
            .AssertFailed(3, "TFC0314", $"{key} has a passphrase", $"ssh-add {key}");
    }

    [Test]
    public async Task The_private_half_of_the_users_ssh_key_is_nowhere()
    {
        File.Delete(Path.Combine(_lab.Home, ".ssh", "id_ed25519"));

        (await UpAsync()).AssertFailed(3, "TFC0316", "no SSH agent holds it", "ssh-add");
    }

    [Test]
    public async Task Others_can_read_the_users_ssh_key()
    {
        string key = Path.Combine(_lab.Home, ".ssh", "id_ed25519");
        File.SetUnixFileMode(key, (UnixFileMode)Convert.ToInt32("640", 8));
        _lab.AddTool("ssh-keygen");

        (await UpAsync()).AssertFailed(3, "TFC0315", $"{key}: others can read it, its mode is 0640", $"chmod 600 {key}");
    }

    [Test]
    public async Task The_named_ssh_key_does_not_exist()
    {
        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "local", "--ssh-key", "mine");

        result.AssertFailed(3, "TFC0312", $"{_lab.Work}/mine.pub", "--ssh-key");
    }

    [Test]
    public async Task The_local_grid_is_not_installed()
    {
        _lab.Environment["TFGRID_LOCALGRID"] = "/nowhere/local-grid";

        (await UpAsync()).AssertFailed(3, "TFC0321", "not at /nowhere/local-grid", "install");
    }

    [Test]
    public async Task The_local_grid_lacks_a_tool()
    {
        _lab.Write("fakes/requirements.json", """
            {"missing":[{"tool":"mmdebstrap","package":"mmdebstrap","why":"it makes the base image"}],
             "problems":[{"message":"there is no /dev/net/tun","remedy":"modprobe tun"}]}
            """);

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Problems, Is.EqualTo([
            "error TFC0323: The local grid needs mmdebstrap: it makes the base image.",
            "error TFC0322: there is no /dev/net/tun",
        ]));
        Assert.That(result.Remedies, Is.EqualTo(["sudo apt-get install mmdebstrap", "modprobe tun"]));
    }

    [Test]
    public async Task The_named_node_does_not_exist()
    {
        _lab.WriteManifest(PaidManifest);

        (await UpAsync()).AssertFailed(
            2,
            "TFC0272",
            "The manifest puts 'vm' on node 8, which does not exist on the grid 'local'",
            "name one of 1, 2, 3");
    }

    [Test]
    public async Task The_named_node_has_no_room()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {node: 1, memory: 512}\nnetwork: {provision: [ipv4]}\n");
        FakeAnswers.Nodes(_lab.Fakes, "nodes-with-room.json", 2);

        (await UpAsync()).AssertFailed(
            2,
            "TFC0273",
            "Node 1 does not have enough free resources for 'vm' (2 CPU, 512 MB memory, 20 GB disk",
            "name one of 2");
    }

    [Test]
    public async Task The_named_node_is_down()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {node: 3}\nnetwork: {provision: [ipv4]}\n");

        (await UpAsync()).AssertFailed(2, "TFC0273", "it is down", "name one of 1, 2");
    }

    [Test]
    public async Task No_node_has_room()
    {
        FakeAnswers.Nodes(_lab.Fakes, "nodes-with-room.json");

        (await UpAsync()).AssertFailed(2, "TFC0274", "No node of the grid 'local' has enough free resources for 'vm'", "grid local status");
    }

    [Test]
    public async Task The_grid_answers_with_an_error()
    {
        _lab.Write("fakes/nodes-with-room.json", """{"status":503,"body":{"error":"out of order"}}""");

        (await UpAsync()).AssertFailed(4, "TFC0421", "The grid answered 503", "again");
    }

    [TestCase("main")]
    [TestCase("test")]
    public async Task A_paid_grid_needs_a_mnemonic(string grid)
    {
        _lab.WriteManifest(PaidManifest);

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", grid);

        result.AssertFailed(3, "TFC0307", $"{_lab.Home}/.config/threefold/mnemonic", "--grid local");
    }

    [Test]
    public async Task Where_nothing_says_a_grid_it_is_a_paid_one()
    {
        _lab.WriteManifest(PaidManifest);

        (await _lab.RunAsync("up", _lab.App)).AssertFailed(3, "TFC0307", "A paid grid needs your mnemonic", "chmod 600");
    }

    [Test]
    public async Task A_paid_grid_needs_a_named_node()
    {
        _lab.Environment["TF_VAR_mnemonic"] = "word one two";

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "main");

        result.AssertFailed(2, "TFC0275", "No node is named for 'vm'", "config: {node: 8}");
    }

    [Test]
    public async Task A_mnemonic_that_others_can_read_is_a_warning()
    {
        string file = _lab.Write("home/.config/threefold/mnemonic", "word one two\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "main");

        Assert.That(result.Problems[0], Is.EqualTo($"warning TFC0308: {file} holds your mnemonic and its mode is not 0600."));
        Assert.That(result.Remedies[0], Is.EqualTo($"chmod 600 {file}"));
        Assert.That(result.Problems[1], Does.StartWith("error TFC0275"));
    }

    private Task<CliResult> UpAsync() => _lab.RunAsync("up", _lab.App, "--grid", "local");
}
