using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tests.Foundation.Files;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PrivateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-private-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_failed_write_leaves_no_temporary_file_and_says_why_it_failed()
    {
        string target = Directory.CreateDirectory(Path.Combine(_folder, "file/with")).Parent!.FullName;

        Assert.Catch<Exception>(() => PrivateFile.Write(target, "secret"));

        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [Test]
    public void What_is_in_the_place_of_the_temporary_file_is_not_removed_and_hides_no_problem()
    {
        string target = Path.Combine(_folder, "file");
        string blocked = Directory.CreateDirectory($"{target}.{Environment.ProcessId}.tmp").FullName;

        UnauthorizedAccessException problem = Assert.Throws<UnauthorizedAccessException>(() => PrivateFile.Write(target, "secret"))!;

        Assert.That(problem.Message, Does.Contain(blocked));
        Assert.That(Directory.Exists(blocked));
    }
}
