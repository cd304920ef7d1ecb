using TfgridCompose.Core.Sharing.Machines;

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

    private Task<SshKeyHere> FindAsync(IReadOnlyList<string> authorized, string? preferred = null) =>
        SshKeyHere.FindAsync(_machine.Here, authorized, preferred, CancellationToken.None);

    private string In(string name) => Path.Combine(_machine.Here.UserHome, ".ssh", name);
}
