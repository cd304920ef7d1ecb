using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.Planning;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Phases;

/// <summary>Where the app is installed, in which order, and what a failure leaves.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ApplicationPhaseTests : IDisposable
{
    private static readonly string[] s_everything = [.. new[] { "web_1", "web_2", "web_3" }.SelectMany(host => new[] { $"{host} copy", $"{host} setup", $"{host} configure", $"lb serve {host}" })];

    private readonly AppLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task What_is_unchanged_is_left_alone()
    {
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything));

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.Empty);
        Assert.That(_lab.Notes, Does.Contain("web_2 has the app as it is"));
    }

    [Test]
    public async Task Each_hosts_turn_is_told_with_its_end_also_where_a_hook_fails()
    {
        _lab.Targets = ["web_1", "web_2"];
        _lab.Failing.Add("web_1 setup");

        await _lab.FailAsync();

        Assert.That(_lab.Turns, Is.EquivalentTo(new[] { "web_1", "web_2" }.SelectMany(host => new[] { $"> copy {host}", $"< copy {host}", $"> hooks {host}", $"< hooks {host}" })));
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

        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything));
        Assert.That(_lab.ReasonAfter(before), Is.EqualTo("unchanged"));
    }

    [Test]
    public async Task A_change_of_files_or_values_concerns_all_and_of_an_address_its_host()
    {
        await _lab.InstallAsync();
        _ = _lab.Happened;
        _lab.Edit("two");
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything));
        _lab.Greeting = "ahoy";
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything));
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

        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything));
    }

    [Test]
    public async Task All_that_fail_side_by_side_are_reported_and_only_they_run_again()
    {
        _lab.Failing.UnionWith(["web_1 setup", "web_3 configure"]);

        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.Application));
        Assert.That(problem.Diagnostics.Select(each => each.Message), Is.EqualTo(
            ["The hook 'setup' on 'web_1' ended with 3:\nweb_1 setup went wrong", "The hook 'configure' on 'web_3' ended with 3:\nweb_3 configure went wrong"]));
        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain("hook-setup-web_1.log"));
        Assert.That((_lab.InputsOf("web_1"), _lab.InputsOf("web_2")?.Length), Is.EqualTo(((string?)null, (int?)32)));
        _ = _lab.Happened;
        _lab.Failing.Clear();

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything.Where(what => !what.Contains("web_2", StringComparison.Ordinal))));
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

        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything), "back to the first edition: each has the second one, or a part of it");
    }

    [Test]
    public async Task Rolling_goes_host_by_host_within_the_patterns_steps()
    {
        _lab.Strategy = "rolling";
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything), "nobody is served yet");
        _lab.Edit("two");
        _lab.Change("web_2", host => host with { AppInputs = null });

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EqualTo(
        [
            "web_2 copy", "web_2 setup", "web_2 configure", "lb serve web_2",
            "lb drain web_1", "web_1 copy", "web_1 setup", "web_1 configure", "lb serve web_1",
            "lb drain web_3", "web_3 copy", "web_3 setup", "web_3 configure", "lb serve web_3",
        ]));
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

        Assert.That(_lab.Happened, Is.EquivalentTo(s_everything));
    }

    [Test]
    public async Task Rolling_nothing_of_a_host_begins_before_the_one_before_it_serves()
    {
        await RolloutOfAsync("nothing");
        _lab.Timeline.Clear();
        _lab.Gate = _ => Task.Delay(TimeSpan.FromMilliseconds(20));

        await _lab.InstallAsync();

        Assert.That(_lab.Timeline, Is.EqualTo(_lab.Targets
            .SelectMany(host => new[] { $"lb drain {host}", $"{host} copy", $"{host} setup", $"{host} configure", $"lb serve {host}" })
            .SelectMany(what => new[] { $"> {what}", $"< {what}" })));
    }

    [Test]
    public async Task Early_the_app_travels_to_those_only_that_do_not_wait_for_their_turn()
    {
        await RolloutOfAsync("nothing");
        _lab.Change("web_2", host => host with { AppInputs = null });
        string? before = _lab.InputsOf("web_1");

        await _lab.CopyAsync();

        Assert.That(_lab.Happened, Is.EqualTo(["web_2 copy"]));
        Assert.That((_lab.InputsOf("web_1"), before?.Length), Is.EqualTo((before, 32)), "it has what it had");
    }

    [Test]
    public async Task After_a_failed_apply_the_hosts_that_serve_wait_for_their_turn()
    {
        await _lab.InstallAsync();
        _lab.Strategy = "rolling";
        _lab.Change("web_3", host => host with { AppInputs = null });
        var plan = new InfrastructurePlan(TerraformPlan.Empty, [new("web_1", HostAction.Replace, ""), new("web_2", HostAction.Replace, ""), new("web_3", HostAction.Replace, "")]);
        _lab.Run().Update(record => InfrastructurePhase.BeforeApply(record, plan));
        _ = _lab.Happened;

        await _lab.InstallAsync();

        Assert.That(_lab.Happened.Where(what => what.Contains("drain", StringComparison.Ordinal) || what.Contains("setup", StringComparison.Ordinal)), Is.EqualTo(
            ["web_3 setup", "lb drain web_1", "web_1 setup", "lb drain web_2", "web_2 setup"]));
        Assert.That(_lab.Record.Replacing, Is.EqualTo(["web_1", "web_2", "web_3"]));
    }

    // Two hosts of which one is broken: the good one may not leave before the other is mended by its turn.
    [Test]
    public async Task A_host_that_cannot_leave_service_waits_for_the_others()
    {
        await RolloutOfAsync("drain web_1");
        _lab.Gate = happened =>
        {
            if (happened == "lb serve web_3")
            {
                _lab.Failing.Clear();
            }

            return Task.CompletedTask;
        };

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EqualTo(
        [
            "lb drain web_1",
            "lb drain web_2", "web_2 copy", "web_2 setup", "web_2 configure", "lb serve web_2",
            "lb drain web_3", "web_3 copy", "web_3 setup", "web_3 configure", "lb serve web_3",
            "lb drain web_1", "web_1 copy", "web_1 setup", "web_1 configure", "lb serve web_1",
        ]));
        Assert.That(_lab.Notes, Has.Some.StartsWith("web_1 waits until another has had its turn"));
    }

    [Test]
    public async Task Where_none_can_leave_service_the_rollout_ends_and_none_was_touched()
    {
        await RolloutOfAsync("drain");

        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(problem.Diagnostics.Single().Message, Does.StartWith("The rollout stopped at 'web_3'").And.EndWith("Not touched, they keep what they have: web_1, web_2."));
        Assert.That(_lab.Happened, Is.EqualTo(["lb drain web_1", "lb drain web_2", "lb drain web_3"]));
    }

    [TestCase("serve web_2", "'bring web_2 back' on 'lb' ended with 3: lb serve web_2 went wrong\nSo far the app is installed on 'web_2', which may be out of service.")]
    public async Task A_failed_step_ends_the_rollout_and_the_next_run_goes_on_there(string step, string message)
    {
        await RolloutOfAsync(step);
        string? before = _lab.InputsOf("web_3");
        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(problem.Diagnostics.Single().Code, Is.EqualTo("TFC0515"));
        Assert.That(problem.Diagnostics.Single().Message, Is.EqualTo($"The rollout stopped at 'web_2': {message}\nNot touched, they keep what they have: web_3."));
        Assert.That(_lab.Happened.Where(what => what.StartsWith("web_3", StringComparison.Ordinal)), Is.Empty);
        Assert.That(_lab.InputsOf("web_3"), Is.EqualTo(before), "it has what it had");
        _lab.Failing.Clear();

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EqualTo(
        [
            "lb drain web_2", "web_2 copy", "web_2 setup", "web_2 configure", "lb serve web_2",
            "lb drain web_3", "web_3 copy", "web_3 setup", "web_3 configure", "lb serve web_3",
        ]));
    }

    [TestCase("web_1 copy", "TFC0511")]
    [TestCase("web_1 setup", "TFC0512")]
    public async Task What_fails_on_a_host_ends_the_rollout_before_it_is_brought_back(string failing, string code)
    {
        await RolloutOfAsync(failing);

        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(problem.Diagnostics.Single().Code, Is.EqualTo(code));
        Assert.That(problem.Diagnostics.Single().Message, Does.EndWith("\n'web_1' is out of service until `tfgrid-compose up` succeeds.\nNot touched, they keep what they have: web_2, web_3."));
        Assert.That(_lab.InputsOf("web_1"), Is.Empty);
        Assert.That(_lab.Happened, Is.EqualTo(new[] { "lb drain web_1", "web_1 copy", "web_1 setup" }.Take(failing.EndsWith("copy", StringComparison.Ordinal) ? 2 : 3)));
    }

    [Test]
    public async Task A_failed_playbook_tells_which_host_it_leaves_out_of_service()
    {
        _lab.WritePlaybook();
        await RolloutOfAsync("ansible-playbook web_2");

        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(problem.Diagnostics[0].Message, Does.EndWith("\n'web_2' is out of service until `tfgrid-compose up` succeeds.\nNot touched, they keep what they have: web_3."));
    }

    [Test]
    public async Task Where_no_turn_was_waited_for_nothing_is_said_to_be_out_of_service()
    {
        _lab.Strategy = "rolling";
        _lab.Failing.Add("web_1 setup");

        Assert.That((await _lab.FailAsync()).Message, Does.Not.Contain("out of service"));
    }

    [Test]
    public async Task A_playbook_runs_once_for_the_hosts_that_need_it_or_once_for_each()
    {
        _lab.WritePlaybook();
        await _lab.InstallAsync();
        Assert.That(_lab.Happened.Skip(3), Is.EqualTo(["ansible-playbook web_1,web_2,web_3", "lb serve web_1", "lb serve web_2", "lb serve web_3"]));
        Assert.That(_lab.Cleaned, Is.EquivalentTo(_lab.Targets), "the hooks' variables lie on no host");
        _lab.Change("web_3", host => host with { AppInputs = null });
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EqualTo(["web_3 copy", "ansible-playbook web_3", "lb serve web_3"]));
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.Empty);
        await RolloutOfAsync("nothing");

        await _lab.InstallAsync();

        Assert.That(_lab.Happened.Take(5), Is.EqualTo(["lb drain web_1", "web_1 copy", "ansible-playbook web_1", "lb serve web_1", "lb drain web_2"]));
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

    // The app is there, and a second edition of it is about to be rolled out.
    private async Task RolloutOfAsync(string failing)
    {
        await _lab.InstallAsync();
        _ = _lab.Happened;
        _lab.Edit("two");
        _lab.Strategy = "rolling";
        _lab.Failing.Add(failing);
    }
}
