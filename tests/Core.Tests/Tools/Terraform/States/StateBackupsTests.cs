using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform.States;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StateBackupsTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly StateBackups _backups;

    public StateBackupsTests() => _backups = new StateBackups(new DeploymentFolder(_home.Folder("d")), TimeProvider.System);

    public void Dispose() => _home.Dispose();

    [Test]
    public void The_last_ten_are_kept_and_numbers_go_on()
    {
        foreach (int serial in Enumerable.Range(1, 13))
        {
            _backups.Take(State(serial));
        }

        Assert.That(_backups.All.Select(backup => backup.Number), Is.EqualTo(Enumerable.Range(4, 10)));
        Assert.That(_backups.All[0].Read().Serial, Is.EqualTo(4));
        Assert.That(File.GetUnixFileMode(_backups.All[0].Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void The_same_state_is_kept_once()
    {
        _backups.Take(State(1));
        _backups.Take(State(1));
        _backups.Take(State(2));
        _backups.Take(State(1));

        Assert.That(_backups.All.Select(backup => backup.Read().Serial), Is.EqualTo(new long[] { 1, 2, 1 }));
    }

    [TestCase("")]
    [TestCase("half a st")]
    [TestCase("""{"version":4,"serial":0,"lineage":"","resources":[]}""")]
    public void What_holds_nothing_is_not_kept(string state) => Assert.That(_backups.Take(state), Is.Null);

    [Test]
    public void A_number_that_is_not_there_is_answered_with_those_that_are()
    {
        _backups.Take(State(1));

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => _backups.Require(7))!;

        Assert.That((problem.Diagnostics[0].Code, problem.ExitCode), Is.EqualTo((SharedStateCodes.NoSuchBackup, ExitCode.Usage)));
        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain("name one of 1"));
    }

    private static string State(int serial) => $$"""{"version":4,"serial":{{serial}},"lineage":"l","resources":[]}""";
}
