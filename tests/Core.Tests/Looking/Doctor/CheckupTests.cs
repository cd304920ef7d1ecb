using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Looking.Doctor;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Sharing;
using TfgridCompose.Core.Tests.Tools;

namespace TfgridCompose.Core.Tests.Looking.Doctor;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CheckupTests : IDisposable
{
    private readonly Machine _machine = new("laptop");
    private readonly ToolFolder _tools = new();

    public void Dispose()
    {
        _machine.Dispose();
        _tools.Dispose();
    }

    [Test]
    public async Task What_is_installed_passes_with_its_place()
    {
        _tools.Add("tofu");
        _tools.Add("ansible-playbook");

        IReadOnlyList<DoctorCheck> checks = await RunAsync(new RecordingRunner(
            _ => RecordingRunner.Result(0, "OpenTofu v1.9.0\non linux\n")));

        Assert.That(Of(checks, "terraform"), Is.EqualTo(DoctorCheck.Passed("terraform", $"OpenTofu v1.9.0 at {_tools.Path}/tofu")));
        Assert.That(Of(checks, "ansible"), Is.EqualTo(DoctorCheck.Passed("ansible", $"{_tools.Path}/ansible-playbook")));
    }

    [Test]
    public async Task What_is_not_installed_fails_with_the_way_to_install_it()
    {
        IReadOnlyList<DoctorCheck> checks = await RunAsync(new RecordingRunner());

        Assert.That((Of(checks, "terraform").Status, Of(checks, "terraform").Fix), Is.EqualTo(
            (DoctorStatus.Failed, "install OpenTofu: https://opentofu.org/docs/intro/install/")));
        Assert.That(
            (Of(checks, "ansible").Status, Of(checks, "ansible").Fix),
            Is.EqualTo((DoctorStatus.Failed, "sudo apt-get install ansible-core")));
    }

    [Test]
    public async Task A_Terraform_that_does_not_start_fails()
    {
        _tools.Add("terraform");

        DoctorCheck check = Of(
            await RunAsync(new RecordingRunner(_ => RecordingRunner.Result(126, error: "Exec format error"))),
            "terraform");

        Assert.That(
            (check.Status, check.Message),
            Is.EqualTo((DoctorStatus.Failed, $"{_tools.Path}/terraform version ended with exit code 126: Exec format error")));
    }

    [TestCase("terraform", null, "Terraform does not encrypt states")]
    [TestCase("tofu", null, "shared records, which hold the key to them, are in clear")]
    public async Task Whether_states_are_encrypted_is_said(string tool, string? passphrase, string said)
    {
        _tools.Add(tool);

        DoctorCheck check = Of(await RunAsync(new RecordingRunner(), passphrase), "state encryption");

        Assert.That((check.Status, check.Message), Is.EqualTo((DoctorStatus.Note, check.Message)));
        Assert.That(check.Message, Does.Contain(said));
    }

    [Test]
    public async Task OpenTofu_with_a_passphrase_encrypts()
    {
        _tools.Add("tofu");

        Assert.That(
            Of(await RunAsync(new RecordingRunner(), "sixteen characters"), "state encryption").Status,
            Is.EqualTo(DoctorStatus.Passed));
    }

    [Test]
    public async Task A_local_grid_that_is_not_there_fails_and_no_folder_stays()
    {
        string[] before = Directory.GetDirectories(Path.GetTempPath(), "tfgrid-doctor-*");

        IReadOnlyList<DoctorCheck> checks = await RunAsync(new RecordingRunner());

        Assert.That(Of(checks, "local grid").Status, Is.EqualTo(DoctorStatus.Failed));
        Assert.That(
            Of(checks, "shared state"),
            Is.EqualTo(DoctorCheck.Passed("shared state", "no backend is named, so state is kept on this machine")));
        Assert.That(Directory.GetDirectories(Path.GetTempPath(), "tfgrid-doctor-*"), Is.SubsetOf(before));
    }

    private static DoctorCheck Of(IReadOnlyList<DoctorCheck> checks, string name) => checks.Single(check => check.Name == name);

    private Task<IReadOnlyList<DoctorCheck>> RunAsync(IToolRunner runner, string? passphrase = null)
    {
        Surroundings here = _machine.Here with
        {
            Runner = runner,
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = _tools.Path,
                ["HOME"] = _machine.Home.Path,
                ["TFGRID_STATE_PASSPHRASE"] = passphrase ?? "",
            },
        };
        return new Checkup(here).RunAsync(appFolder: null, CancellationToken.None);
    }
}
