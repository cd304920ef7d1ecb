using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Tests.Manifests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppDeploymentTests : IDisposable
{
    private const string Start = "name: app\npattern: single-vm\n";

    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Test]
    public void Hooks_of_another_folder_make_it_the_deployment_folder()
    {
        _app.File("deployment/hooks/setup.sh");
        _app.File("deployment/hooks/configure.sh");

        AppDeployment deployment = _app.Load(
            Start + "hooks:\n  setup: ./deployment/hooks/setup.sh\n  configure: deployment/hooks/configure.sh\n").Manifest.Deployment;

        Assert.That((deployment.Folder, deployment.FolderExists), Is.EqualTo(("deployment/hooks", true)));
        Assert.That(deployment.Setup!.PathInFolder, Is.EqualTo("setup.sh"));
    }

    [Test]
    public void Hooks_of_several_folders_travel_in_the_one_that_holds_all()
    {
        _app.File("deployment/setup.sh");
        _app.File("deployment/late/configure.sh");

        AppDeployment deployment = _app.Load(
            Start + "hooks: {setup: deployment/setup.sh, configure: deployment/late/configure.sh}\n").Manifest.Deployment;

        Assert.That(deployment.Folder, Is.EqualTo("deployment"));
        Assert.That(deployment.Hooks.Select(hook => hook.PathInFolder), Is.EqualTo(["setup.sh", "late/configure.sh"]));
    }

    [TestCase("", DeployStrategy.Parallel)]
    [TestCase("deploy: {strategy: }\n", DeployStrategy.Parallel)]
    [TestCase("deploy: {strategy: parallel}\n", DeployStrategy.Parallel)]
    [TestCase("deploy: {strategy: rolling}\n", DeployStrategy.Rolling)]
    public void The_strategy_is_parallel_unless_it_is_said(string text, DeployStrategy expected) =>
        Assert.That(_app.Load(Start + text).Manifest.Deployment.Strategy, Is.EqualTo(expected));

    [TestCase("deploy: {strategy: roling}\n", "TFC0236 3:20")]
    [TestCase("deploy: {strategy: Rolling}\n", "TFC0236 3:20")]
    [TestCase("deploy: {strategy: [rolling]}\n", "TFC0212 3:20")]
    [TestCase("deploy: rolling\n", "TFC0212 3:9")]
    public void Another_strategy_is_a_problem_at_its_place(string text, string mark) =>
        Assert.That(_app.Problems(Start + text), Is.EqualTo([mark]));

    [Test]
    public void A_misspelt_strategy_gets_the_nearest() => Assert.That(
        Assert.Throws<DiagnosticException>(() => _app.Load(Start + "deploy: {strategy: roling}\n"))!.Diagnostics.Single().Remedy,
        Is.EqualTo("Did you mean 'rolling'? Use one of parallel, rolling."));

    [Test]
    public void Without_a_hooks_key_the_usual_files_are_the_hooks()
    {
        _app.File("deployment/setup.sh");
        _app.File("deployment/configure.sh");

        AppDeployment deployment = _app.Load(Start).Manifest.Deployment;

        Assert.That(deployment.Hooks.Select(hook => hook.Name), Is.EqualTo(["setup", "configure"]));
    }

    [Test]
    public void What_is_at_a_hooks_usual_place_must_be_a_file_of_the_app()
    {
        Directory.CreateDirectory(Path.Combine(_app.Folder, "deployment/healthcheck.sh"));
        Directory.CreateDirectory(Path.Combine(_app.Folder, "deployment/playbook.yml"));
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/setup.sh"), "nowhere");
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/configure.sh"), "/etc/hostname");

        Assert.That(Messages(Start), Is.EquivalentTo([
            "TFC0218 The setup hook 'deployment/setup.sh' is a link to 'nowhere', which does not exist.",
            "TFC0219 The configure hook 'deployment/configure.sh' is outside the app's folder.",
            "TFC0220 The healthcheck hook 'deployment/healthcheck.sh' is a folder.",
            "TFC0220 The playbook 'deployment/playbook.yml' is a folder.",
        ]));
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(20_000)]
    public void Nor_may_it_have_another_case_or_be_a_pipe()
    {
        _app.File("deployment/Setup.sh");
        _app.File("deployment/PLAYBOOK.yml");
        using var process = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_app.Folder, "deployment/configure.sh")]);
        process.WaitForExit();

        Assert.That(Messages(Start), Is.EquivalentTo([
            "TFC0218 The setup hook is named 'deployment/setup.sh'; 'Setup.sh' would not run.",
            "TFC0218 The playbook is named 'deployment/playbook.yml'; 'PLAYBOOK.yml' would not run.",
            "TFC0220 The configure hook 'deployment/configure.sh' is a named pipe, a socket or a device.",
        ]));
    }

    private IEnumerable<string> Messages(string manifest) =>
        Assert.Throws<DiagnosticException>(() => _app.Load(manifest))!.Diagnostics.Select(each => $"{each.Code} {each.Message}");

    [Test]
    public void A_hooks_key_leaves_out_what_it_does_not_name()
    {
        _app.File("deployment/setup.sh");
        _app.File("deployment/configure.sh");

        AppDeployment deployment = _app.Load(Start + "hooks:\n  setup: deployment/setup.sh\n  configure:\n").Manifest.Deployment;

        Assert.That(deployment.Hooks.Select(hook => hook.Name), Is.EqualTo(["setup"]));
    }

    [Test]
    public void An_app_without_deployment_folder_has_no_hooks()
    {
        AppDeployment deployment = _app.Load(Start).Manifest.Deployment;

        Assert.That((deployment.Hooks.Count, deployment.FolderExists, deployment.Playbook), Is.EqualTo((0, false, (string?)null)));
    }

    [Test]
    public void A_playbook_beside_the_hooks_is_found()
    {
        _app.File("deployment/setup.sh");
        _app.File("deployment/playbook.yml", "- hosts: all\n");

        Assert.That(_app.Load(Start).Manifest.Deployment.Playbook, Is.EqualTo("deployment/playbook.yml"));
    }

    [Test]
    public void A_link_out_of_the_app_is_refused_and_one_inside_is_fine()
    {
        string real = _app.File("scripts/setup.sh");
        Directory.CreateDirectory(Path.Combine(_app.Folder, "deployment"));
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/inside.sh"), "../scripts/setup.sh");
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "deployment/outside.sh"), "/bin/sh");
        Directory.CreateSymbolicLink(Path.Combine(_app.Folder, "away"), "/usr/bin");
        File.CreateSymbolicLink(Path.Combine(_app.Folder, "loop.sh"), "loop.sh");

        Assert.Multiple(() =>
        {
            Assert.That(File.Exists(real));
            Assert.That(_app.Problems(Start + "hooks: {setup: deployment/inside.sh}\n"), Is.Empty);
            Assert.That(_app.Problems(Start + "hooks: {setup: deployment/outside.sh}\n"), Is.EqualTo(["TFC0219 3:16"]));
            Assert.That(_app.Problems(Start + "hooks: {setup: away/env}\n"), Is.EqualTo(["TFC0219 3:16"]));
            Assert.That(_app.Problems(Start + "hooks: {setup: loop.sh}\n"), Is.EqualTo(["TFC0219 3:16"]));
        });
    }

    [Test]
    public void A_hook_with_a_zero_character_is_no_path()
    {
        Diagnostic problem = Assert.Throws<DiagnosticException>(
            () => _app.Load(Start + "hooks: {setup: \"set\\0up.sh\"}\n"))!.Diagnostics.Single();

        Assert.That(
            (problem.Code, problem.Message),
            Is.EqualTo((ManifestCodes.YamlSyntax, "The text there holds a NUL, or half of a character.")));
    }

    [Test]
    public void An_app_folder_that_is_a_link_itself_is_fine()
    {
        _app.File("deployment/setup.sh");
        _app.File(ManifestFile.FileName, Start + "hooks: {setup: deployment/setup.sh}\n");
        string link = _app.Folder + "-link";
        Directory.CreateSymbolicLink(link, _app.Folder);
        try
        {
            Assert.That(ManifestFile.Load(link).Manifest.Deployment.Setup!.Path, Is.EqualTo("deployment/setup.sh"));
        }
        finally
        {
            File.Delete(link);
        }
    }
}
