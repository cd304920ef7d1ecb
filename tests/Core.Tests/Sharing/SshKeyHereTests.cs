using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Tests.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Sharing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SshKeyHereTests : IDisposable
{
    private readonly Machine _machine = new("here");

    public SshKeyHereTests()
    {
        Directory.CreateDirectory(In(""));
        foreach (string name in new[] { "id_ecdsa", "id_ed25519" })
        {
            File.WriteAllText(In(name), "private");
            File.WriteAllText(In($"{name}.pub"), $"{name} KEY-{name} me@here\n");
        }
    }

    public void Dispose() => _machine.Dispose();

    [Test]
    public async Task The_key_whose_public_half_is_known_there_is_used() =>
        Assert.That(
            await FindAsync(["id_ed25519 KEY-id_ed25519 another comment"]),
            Is.EqualTo(new SshKeyHere(In("id_ed25519"), LetsIn: true)));

    [Test]
    public async Task Where_none_is_known_it_says_so() =>
        Assert.That((await FindAsync(["ssh-ed25519 SOMEBODY-ELSES"])).LetsIn, Is.False);

    [Test]
    public async Task A_record_from_before_the_list_takes_what_was_used() =>
        Assert.That(await FindAsync([], In("id_ed25519")), Is.EqualTo(new SshKeyHere(In("id_ed25519"), LetsIn: true)));

    [Test]
    public async Task A_key_of_the_agent_goes_by_its_public_half()
    {
        File.Delete(In("id_ecdsa"));
        File.Delete(In("id_ed25519"));

        Assert.That(
            await FindAsync(["id_ed25519 KEY-id_ed25519"], agent: "ssh-rsa OTHER\nid_ed25519 KEY-id_ed25519 x\n"),
            Is.EqualTo(new SshKeyHere(In("id_ed25519.pub"), LetsIn: true)));
        Assert.That(
            await FindAsync(["ssh-rsa SOMEWHERE"], agent: "ssh-rsa SOMEWHERE x\n"),
            Is.EqualTo(new SshKeyHere(null, LetsIn: true)));
    }

    private Task<SshKeyHere> FindAsync(
        IReadOnlyList<string> authorized, string? preferred = null, string? agent = null) =>
        SshKeyHere.FindAsync(
            agent is null
                ? _machine.Here
                : _machine.Here with { Runner = new RecordingRunner(_ => RecordingRunner.Result(0, agent)) },
            authorized,
            preferred,
            CancellationToken.None);

    private string In(string name) => Path.Combine(_machine.Here.UserHome, ".ssh", name);
}
