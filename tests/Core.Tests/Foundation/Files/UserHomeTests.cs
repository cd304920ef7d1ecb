using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tests.Foundation.Files;

public sealed class UserHomeTests
{
    private static string Recorded => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [TestCase(null)]
    [TestCase("")]
    public void Without_HOME_it_is_what_the_system_has_on_record(string? home)
    {
        Assert.That(UserHome.Of(_ => home), Is.EqualTo(Recorded));
        Assert.That(TfgridHome.FromEnvironment(name => name == "HOME" ? home : null).Path, Is.EqualTo($"{Recorded}/.tfgrid-compose"));
    }

    [Test]
    public void HOME_comes_first() => Assert.That(UserHome.Of(_ => "/home/me"), Is.EqualTo("/home/me"));

    // ssh, ansible and Terraform must not find another home than this program.
    [Test]
    public void A_run_always_has_HOME() => Assert.That(ProcessEnvironment.Read()["HOME"], Is.EqualTo(Recorded));
}
