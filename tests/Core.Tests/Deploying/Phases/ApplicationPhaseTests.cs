using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying.Phases;

/// <summary>Where the app is installed, in which order, and what a failure leaves.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ApplicationPhaseTests : IDisposable
{
    private readonly AppLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task What_is_unchanged_is_left_alone()
    {
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EquivalentTo(AppLab.Everything));

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.Empty);
        Assert.That(_lab.Notes, Does.Contain("web_2 has this version of the app already"));
    }

    [Test]
    public async Task A_target_that_is_no_host_is_the_patterns_mistake_in_plan_and_run()
    {
        _lab.Targets = ["web_1", "web_9"];

        DiagnosticException run = await _lab.FailAsync();
        DiagnosticException plan = Assert.Throws<DiagnosticException>(() => _lab.Inputs())!;

        Assert.That((run.ExitCode, run.Diagnostics[0].Code), Is.EqualTo((ExitCode.Pattern, PatternCodes.MemberFailed)));
        Assert.That(run.Message, Does.Contain("'web_9', which the deployment does not have").And.EqualTo(plan.Message));
        Assert.That(_lab.Happened, Is.Empty);
    }

    [Test]
    public async Task Each_hosts_turn_is_told_with_its_end_also_where_a_hook_fails()
    {
        _lab.Targets = ["web_1", "web_2"];
        _lab.Failing.Add("web_1 setup");

        await _lab.FailAsync();

        Assert.That(
            _lab.Turns,
            Is.EquivalentTo(new[] { "web_1", "web_2" }.SelectMany(
                host => new[] { $"> copy {host}", $"< copy {host}", $"> hooks {host}", $"< hooks {host}" })));
    }

    [Test]
    public async Task A_host_more_leaves_the_others_alone()
    {
        _lab.Targets = ["web_1"];
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EqualTo(["web_1 copy", "web_1 setup", "web_1 configure", "lb serve web_1"]));
        _lab.Targets = ["web_1", "web_2"];

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EqualTo(["web_2 copy", "web_2 setup", "web_2 configure", "lb serve web_2"]));
    }

    [Test]
    public async Task A_host_that_becomes_a_target_without_an_apply_is_a_reason_to_run()
    {
        _lab.Targets = ["web_1"];
        await _lab.InstallAsync();
        string before = _lab.Inputs();
        Assert.That(_lab.ReasonAfter(before), Is.EqualTo("unchanged"));
        _lab.Targets = ["web_1", "web_2"];

        Assert.That(_lab.ReasonAfter(before), Is.EqualTo("its inputs changed"));
        await _lab.InstallAsync();

        Assert.That(_lab.ReasonAfter(_lab.Inputs()), Is.EqualTo("unchanged"));
    }

    [Test]
    public async Task A_copy_that_was_begun_is_a_reason_to_run_also_where_the_edit_is_taken_back()
    {
        await _lab.InstallAsync();
        string before = _lab.Inputs();
        _lab.Edit("two");
        await _lab.CopyAsync();
        _ = _lab.Happened;
        _lab.Edit("one");

        Assert.That(_lab.ReasonAfter(before), Is.EqualTo("its inputs changed"));
        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EquivalentTo(AppLab.Everything));
        Assert.That(_lab.ReasonAfter(before), Is.EqualTo("unchanged"));
    }

    [Test]
    public async Task A_change_of_files_or_values_concerns_all_and_of_an_address_its_host()
    {
        await _lab.InstallAsync();
        _ = _lab.Happened;
        _lab.Edit("two");
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EquivalentTo(AppLab.Everything));
        _lab.Greeting = "ahoy";
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EquivalentTo(AppLab.Everything));
        _lab.Change("web_2", host => host with { SshAddress = "10.42.7.7" });

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EqualTo(["web_2 copy", "web_2 setup", "web_2 configure", "lb serve web_2"]));
    }

    [Test]
    public async Task Asked_for_it_runs_everywhere()
    {
        await _lab.InstallAsync();
        _ = _lab.Happened;
        _lab.Selection = new PhaseSelection { Fresh = true };

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EquivalentTo(AppLab.Everything));
    }

    [Test]
    public async Task All_that_fail_side_by_side_are_reported_and_only_they_run_again()
    {
        _lab.Failing.UnionWith(["web_1 setup", "web_3 configure"]);

        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.Application));
        Assert.That(problem.Diagnostics.Select(each => each.Message), Is.EqualTo(
            [
                "The hook 'setup' on 'web_1' ended with exit code 3:\nweb_1 setup went wrong",
                "The hook 'configure' on 'web_3' ended with exit code 3:\nweb_3 configure went wrong",
            ]));
        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain("hook-setup-web_1.log"));
        Assert.That((_lab.InputsOf("web_1"), _lab.InputsOf("web_2")?.Length), Is.EqualTo(((string?)null, (int?)32)));
        _ = _lab.Happened;
        _lab.Failing.Clear();

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EquivalentTo(AppLab.Everything.Where(what => !what.Contains("web_2", StringComparison.Ordinal))));
    }

    [Test]
    public async Task A_host_whose_hooks_failed_does_not_have_what_it_had()
    {
        await _lab.InstallAsync();
        _ = _lab.Happened;
        _lab.Edit("two");
        _lab.Failing.Add("web_1 configure");
        await _lab.FailAsync();
        _ = _lab.Happened;
        _lab.Failing.Clear();
        _lab.Edit("one");

        await _lab.InstallAsync();

        Assert.That(
            _lab.Happened,
            Is.EquivalentTo(AppLab.Everything),
            "back to the first edition: each has the second one, or a part of it");
    }

    [TestCase("copy")]
    [TestCase("setup")]
    [TestCase("serve")]
    public async Task In_parallel_no_host_waits_for_another(string work)
    {
        var allBegan = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int began = 0;
        _lab.Gate = async what =>
        {
            if (what.Contains($" {work}", StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref began) == _lab.Targets.Count)
                {
                    allBegan.SetResult();
                }

                await allBegan.Task.WaitAsync(TimeSpan.FromSeconds(10));
            }
        };

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EquivalentTo(AppLab.Everything));
    }

    [Test]
    public async Task A_lone_hosts_logs_get_its_name_when_it_is_joined()
    {
        _lab.Targets = ["web_1"];
        await _lab.InstallAsync();
        await File.WriteAllTextAsync(_lab.Folder.HookLog("setup"), "said\n");
        _lab.Targets = ["web_1", "web_2"];

        await _lab.InstallAsync();

        Assert.That(await File.ReadAllTextAsync(_lab.Folder.HookLog("setup", "web_1")), Is.EqualTo("said\n"));
        Assert.That(File.Exists(_lab.Folder.HookLog("setup")), Is.False);
    }

    [Test]
    public void A_pattern_is_told_which_machines_are_made_anew()
    {
        var outputs = new RecordedOutputs { PrimaryIp = "10.42.1.2", PrimaryIpType = "wireguard", DeploymentName = "d", NodeIds = [1] };
        UpRun run = _lab.Run();
        run.Update(record => record with { Outputs = outputs });
        var terraform = new TerraformPlan([new ResourceChange("grid_deployment.web", ResourceChange.Update)], OutputsChange: false, []);

        IReadOnlyList<TransitionStep> steps = InfrastructurePhase.TransitionOf(run, new InfrastructurePlan(
            terraform, [new("web_1", HostAction.Replace, ""), new("web_2", HostAction.Remove, ""), new("web_4", HostAction.Create, "")]));

        Assert.That(steps.Select(step => step.Description), Is.EqualTo(["forget web_1"]));
    }
}
