using System.Diagnostics;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

/// <summary>What only real machines show.</summary>
[Category("Machines")]
public sealed class DeployedDefectTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // The checks before the deployment have their own tests.
    private static readonly string[] Before = ["options", "terraform", "playbook"];

    [SetUp]
    public void RequireProduct() => ConformanceLab.RequireProduct();

    [Test]
    public async Task A_play_that_changes_something_each_time_is_found_and_so_is_all_that_a_down_leaves()
    {
        using var lab = new ConformanceLab("changing-play");
        lab.LeaveAllAtDown();

        ConformanceReport report = await lab.RunAsync(Before).WaitAsync(Limit);

        string left = report.Of("down").Detail;
        await RemoveAsync(
            Path.GetDirectoryName(left.Split("file ")[1].Split('\n')[0])!,
            Path.GetFileName(left.Split("file ")[1].Split('\n')[0]));
        Assert.That(
            report.Failed(),
            Is.EqualTo(new[] { "idempotence", "down" }),
            string.Join('\n', report.Results.Select(result => result.Detail)));
        Assert.That(report.Of("idempotence").Detail, Is.EqualTo("the second play changed box (changed=1): 'Count the runs'"));
        Assert.That(
            left.Split('\n').Select(line => line.Replace("left after down: ", "", StringComparison.Ordinal).Split(' ')[0]).Distinct(),
            Is.EqualTo(new[] { "contract", "machine", "interface", "route", "file" }));
    }

    [Test]
    public async Task Outputs_that_break_the_contract_fail_the_apply_and_the_machine_goes()
    {
        using var lab = new ConformanceLab("wrong-output");

        ConformanceReport report = await lab.RunAsync(Before).WaitAsync(Limit);

        Assert.That(report.OnlyFailure("apply").Detail, Does.Contain("TFC0406").And.Contain("primary_ip"));
        Assert.That(report.Of("idempotence").Detail, Is.EqualTo("the check apply failed"));
        Assert.That(report.Passed(), Does.Contain("down"));
    }

    [Test]
    public async Task A_machine_that_Terraform_must_not_destroy_is_named_with_its_state_and_the_way_to_remove_it()
    {
        using var lab = new ConformanceLab("kept-resource");

        ConformanceReport report = await lab.RunAsync([.. Before, "idempotence"]).WaitAsync(Limit);

        CheckResult down = report.OnlyFailure("down");
        Assert.That(down.Detail, Does.Contain(ConformanceCodes.DeploymentStands).And.Contain("prevent_destroy"));
        Assert.That(
            lab.Events.All.OfType<DiagnosticRaised>().Select(raised => raised.Diagnostic.Code),
            Does.Contain(ConformanceCodes.DeploymentStands));
        await RemoveAsync(down);
    }

    [Test]
    public async Task An_interrupted_run_takes_its_machine_down()
    {
        using var lab = new ConformanceLab("");
        using var interrupt = new CancellationTokenSource();
        string[] before = Directory.GetDirectories(Path.GetTempPath(), "tfc-test-*");
        lab.Events.On = raised =>
        {
            if (raised is Note note && note.Text.Contains("> platform", StringComparison.Ordinal))
            {
                interrupt.Cancel();
            }
        };

        await Assert.CatchAsync<OperationCanceledException>(
            () => lab.RunAsync(new() { Pattern = PluginCatalog.Open(lab.Pattern), Skip = Before }, interrupt.Token).WaitAsync(Limit));

        Assert.That(lab.Events.Results[^1], Has.Property(nameof(CheckResult.Status)).EqualTo(CheckStatus.Passed));
        Assert.That(lab.Events.Results[^1].Check, Is.EqualTo(ConformanceChecks.Down));
        Assert.That(Directory.GetDirectories(Path.GetTempPath(), "tfc-test-*").Except(before), Is.Empty);
    }

    // As its user would: the cause mended in the kept files, then the command that the check named.
    private static async Task RemoveAsync(CheckResult down)
    {
        string folder = down.Detail.Split("Its state is kept in ")[1].Split('\n')[0];
        string main = Path.Combine(folder, "terraform", "main.tf");
        await File.WriteAllTextAsync(
            main,
            (await File.ReadAllTextAsync(main)).Replace("prevent_destroy = true", "", StringComparison.Ordinal));
        await ShellAsync(down.Remedy.Split("then: ")[1].Replace(
            "tfgrid-compose down",
            $"'{ConformanceLab.Product}' down",
            StringComparison.Ordinal));
        Assert.That(folder, Does.Not.Exist);
    }

    private static Task RemoveAsync(string deployments, string id)
    {
        string home = Path.GetDirectoryName(deployments)!;
        return ShellAsync(
            $"TFGRID_COMPOSE_HOME='{home}' '{ConformanceLab.Product}' down {id} --yes; rm -r '{Path.GetDirectoryName(home)}'");
    }

    private static async Task ShellAsync(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-ec", command]) { RedirectStandardError = true })!;
        string errors = await shell.StandardError.ReadToEndAsync().WaitAsync(Limit);
        await shell.WaitForExitAsync().WaitAsync(Limit);
        Assert.That(shell.ExitCode, Is.Zero, errors);
    }
}
