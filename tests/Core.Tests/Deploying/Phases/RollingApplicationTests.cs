using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying.Phases;

/// <summary>The app goes from host to host: when each leaves service and comes back, and what a failure leaves.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RollingApplicationTests : IDisposable
{
    private readonly AppLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Rolling_goes_host_by_host_within_the_patterns_steps()
    {
        _lab.Strategy = "rolling";
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EquivalentTo(AppLab.Everything), "nobody is served yet");
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
        var plan = new InfrastructurePlan(
            TerraformPlan.Empty,
            [new("web_1", HostAction.Replace, ""), new("web_2", HostAction.Replace, ""), new("web_3", HostAction.Replace, "")]);
        _lab.Run().Update(record => InfrastructurePhase.BeforeApply(record, plan));
        _ = _lab.Happened;

        await _lab.InstallAsync();

        Assert.That(_lab.Happened.Where(what => what.Contains("drain", StringComparison.Ordinal)
            || what.Contains("setup", StringComparison.Ordinal)), Is.EqualTo(
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
        Assert.That(_lab.Notes, Has.Some.StartsWith("web_1 waits for another host's turn"));
    }

    [Test]
    public async Task Where_none_can_leave_service_the_rollout_ends_and_none_was_touched()
    {
        await RolloutOfAsync("drain");

        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(
            problem.Diagnostics.Single().Message,
            Does.StartWith("The rollout stopped at 'web_3'").And.EndWith("Not changed: web_1, web_2."));
        Assert.That(_lab.Happened, Is.EqualTo(["lb drain web_1", "lb drain web_2", "lb drain web_3"]));
    }

    [TestCase(
        "serve web_2",
        "'bring web_2 back' on 'lb' ended with exit code 3: lb serve web_2 went wrong\n"
        + "So far the app is installed on 'web_2', which may be out of service.")]
    public async Task A_failed_step_ends_the_rollout_and_the_next_run_goes_on_there(string step, string message)
    {
        await RolloutOfAsync(step);
        string? before = _lab.InputsOf("web_3");
        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(problem.Diagnostics.Single().Code, Is.EqualTo("TFC0515"));
        Assert.That(problem.Diagnostics.Single().Message, Is.EqualTo($"The rollout stopped at 'web_2': {message}\nNot changed: web_3."));
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
        Assert.That(
            problem.Diagnostics.Single().Message,
            Does.EndWith("\n'web_1' is out of service until `tfgrid-compose up` succeeds.\nNot changed: web_2, web_3."));
        Assert.That(_lab.InputsOf("web_1"), Is.Empty);
        Assert.That((problem.Diagnostics.Single().Machine, OutOfService()), Is.EqualTo(("web_1", "web_1")));
        Assert.That(
            _lab.Happened,
            Is.EqualTo(new[] { "lb drain web_1", "web_1 copy", "web_1 setup" }.Take(
                failing.EndsWith("copy", StringComparison.Ordinal) ? 2 : 3)));
    }

    [Test]
    public async Task What_left_service_is_recorded_before_it_leaves_and_until_it_serves_again()
    {
        await RolloutOfAsync("serve web_1");
        var recorded = new List<string>();
        _lab.Gate = happened =>
        {
            recorded.Add($"{happened}: {OutOfService()}");
            return Task.CompletedTask;
        };
        await _lab.FailAsync();
        Assert.That(recorded, Is.EqualTo(
            new[] { "lb drain web_1", "web_1 copy", "web_1 setup", "web_1 configure", "lb serve web_1" }
                .Select(what => $"{what}: web_1")));
        _lab.Failing.Clear();

        await _lab.InstallAsync();

        Assert.That(OutOfService(), Is.Empty);
        Assert.That(recorded, Has.Some.EqualTo("web_3 setup: web_3"));
        _lab.Edit("three");
        _lab.Failing.Add("drain");
        await _lab.FailAsync();
        Assert.That(OutOfService(), Is.Empty, "none could leave");
    }

    [Test]
    public async Task A_failed_playbook_tells_which_host_it_leaves_out_of_service()
    {
        _lab.WritePlaybook();
        await RolloutOfAsync("ansible-playbook web_2");

        DiagnosticException problem = await _lab.FailAsync();

        Assert.That(
            problem.Diagnostics[0].Message,
            Does.EndWith("\n'web_2' is out of service until `tfgrid-compose up` succeeds.\nNot changed: web_3."));
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
        Assert.That(
            _lab.Happened.Skip(3),
            Is.EqualTo(["ansible-playbook web_1,web_2,web_3", "lb serve web_1", "lb serve web_2", "lb serve web_3"]));
        Assert.That(_lab.Cleaned, Is.EquivalentTo(_lab.Targets), "the hooks' variables lie on no host");
        _lab.Change("web_3", host => host with { AppInputs = null });
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.EqualTo(["web_3 copy", "ansible-playbook web_3", "lb serve web_3"]));
        await _lab.InstallAsync();
        Assert.That(_lab.Happened, Is.Empty);
        await RolloutOfAsync("nothing");

        await _lab.InstallAsync();

        Assert.That(
            _lab.Happened.Take(5),
            Is.EqualTo(["lb drain web_1", "web_1 copy", "ansible-playbook web_1", "lb serve web_1", "lb drain web_2"]));
    }

    private string OutOfService() =>
        string.Join(' ', _lab.Record.Hosts.Where(host => host.OutOfService).Select(host => host.Name));

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
