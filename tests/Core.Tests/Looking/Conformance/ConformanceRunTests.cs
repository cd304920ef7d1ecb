using System.Net.Sockets;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

public sealed class ConformanceRunTests
{
    [Test]
    public async Task What_this_machine_cannot_do_is_not_run_and_says_why()
    {
        using var lab = new ConformanceLab("");
        lab.Environment["PATH"] = "/nowhere";
        lab.LocalGrid = "/nowhere/tfgrid-localgrid";

        ConformanceReport report = await lab.RunAsync();

        Assert.That(report.Failed(), Is.Empty);
        Assert.That(report.Passed(), Is.EqualTo(new[] { "metadata", "options", "topology", "variables" }));
        Assert.That(report.Results.Where(result => result.Status == CheckStatus.NotRun).Select(result => result.Detail), Has.None.Empty);
        Assert.That(report.Of("terraform").Detail, Does.Contain("neither tofu nor terraform is installed"));
        Assert.That(report.Of("apply").Detail, Does.Contain("terraform"));
        Assert.That((report.Passes(requireAll: false), report.Passes(requireAll: true)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Each_sample_has_its_own_topology_and_variables()
    {
        using var lab = new ConformanceLab("");
        string small = lab.Sample("small", "name: small\npattern: defective\nconfig: {cpu: 1, size: small}\n");
        string wrong = lab.Sample("wrong", "name: wrong\npattern: defective\nconfig: {cpu: 99}\n");
        string other = lab.Sample("other", "name: other\npattern: another\n");

        ConformanceReport report = await lab.RunAsync(
            new() { Pattern = PluginCatalog.Open(lab.Pattern), Samples = [small, wrong, other], Skip = ConformanceLab.ByTools },
            CancellationToken.None);

        Assert.That(report.Results.Where(result => result.Check == ConformanceChecks.Topology).Select(
            result => (result.Sample, result.Status)), Is.EqualTo(new[]
        {
            ("small", CheckStatus.Passed), ("wrong", CheckStatus.Failed), ("other", CheckStatus.Failed),
        }));
        Assert.That(
            report.Results.Where(result => result.Check == ConformanceChecks.Variables).Select(result => result.Status),
            Is.EqualTo(new[] { CheckStatus.Passed, CheckStatus.NotRun, CheckStatus.NotRun }));
        Assert.That(
            report.Results.Single(result => result is { Sample: "wrong", Status: CheckStatus.Failed }).Detail,
            Does.Contain("TFC0241").And.Contain("tfgrid-compose.yaml:3:15"));
        Assert.That(
            report.Results.Single(result => result is { Sample: "other", Status: CheckStatus.Failed }).Detail,
            Does.Contain(ConformanceCodes.SampleUnusable));
    }

    [Test]
    public async Task A_sample_whose_topology_was_not_asked_for_is_not_deployed_and_says_so()
    {
        using var lab = new ConformanceLab("");

        ConformanceReport report = await lab.RunAsync("topology", "terraform", "playbook");

        foreach (string check in new[] { "variables", "apply", "inventory", "idempotence", "down" })
        {
            Assert.That(
                (report.Of(check).Status, report.Of(check).Detail),
                Is.EqualTo((CheckStatus.NotRun, "the sample has no topology")),
                check);
        }
    }

    [TestCase("./pattern", CheckStatus.Passed)]
    [TestCase("{path: pattern}", CheckStatus.Passed)]
    [TestCase("./other", CheckStatus.Failed)]
    [TestCase("../mine/pattern", CheckStatus.Passed)]
    [TestCase("../pattern", CheckStatus.Failed)]
    public async Task An_app_that_carries_the_pattern_is_a_sample_of_it(string pattern, CheckStatus expected)
    {
        using var lab = new ConformanceLab("");
        string app = lab.Sample("mine", $"name: mine\npattern: {pattern}\n");
        Directory.Move(lab.Pattern, Path.Combine(app, "pattern"));

        ConformanceReport report = await lab.RunAsync(
            new()
            {
                Pattern = PluginCatalog.Open(Path.Combine(app, "pattern")),
                Samples = [app],
                Skip = ConformanceLab.ByTools,
            }, CancellationToken.None);

        Assert.That(report.Of("topology").Status, Is.EqualTo(expected), report.Of("topology").Detail);
    }

    [Test]
    public async Task Samples_beside_the_pattern_are_found_and_stay_untouched()
    {
        using var lab = new ConformanceLab("");
        string found = Path.Combine(lab.Pattern, "samples", "first");
        Directory.CreateDirectory(Path.Combine(lab.Pattern, "samples", "no-app"));
        Directory.CreateDirectory(found);
        File.WriteAllText(Path.Combine(found, "tfgrid-compose.yaml"), "name: first\npattern: defective\n");

        ConformanceReport report = await lab.RunAsync(ConformanceLab.ByTools);

        Assert.That(report.Of("topology").Sample, Is.EqualTo("first"));
        Assert.That(Directory.GetFileSystemEntries(found), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_sample_without_a_manifest_is_a_usage_error()
    {
        using var lab = new ConformanceLab("");

        DiagnosticException failure = (await Assert.ThrowsAsync<DiagnosticException>(
            () => lab.RunAsync(new() { Pattern = PluginCatalog.Open(lab.Pattern), Samples = [lab.Pattern] }, CancellationToken.None)))!;

        Assert.That((failure.ExitCode, failure.Diagnostics.Single().Code), Is.EqualTo((ExitCode.Usage, ConformanceCodes.SampleUnusable)));
    }

    [Test]
    public async Task An_unknown_check_is_a_usage_error_that_names_them_all()
    {
        using var lab = new ConformanceLab("");

        DiagnosticException failure = (await Assert.ThrowsAsync<DiagnosticException>(() => lab.RunAsync("aply")))!;

        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo(ConformanceCodes.UnknownCheck));
        Assert.That(failure.Diagnostics.Single().Remedy, Does.Contain("metadata").And.Contain("apply").And.Contain("down"));
    }

    [TestCase("echo it broke >&2; exit 3", "it broke")]
    [TestCase("echo no JSON", "printed what cannot be read: 'no JSON'")]
    public async Task A_local_grid_program_that_fails_keeps_checks_from_running_and_says_why(string script, string reason)
    {
        using var lab = new ConformanceLab("");
        lab.PlayLocalGrid(script);

        ConformanceReport report = await lab.RunAsync("terraform", "playbook", "inventory");

        Assert.That(report.Failed(), Is.Empty);
        Assert.That((report.Of("apply").Status, report.Of("apply").Skipped), Is.EqualTo((CheckStatus.NotRun, false)));
        Assert.That(report.Of("apply").Detail, Does.Contain(reason));
    }

    [Test]
    public async Task A_local_grid_program_that_fails_is_not_asked_where_nothing_is_deployed()
    {
        using var lab = new ConformanceLab("");
        lab.PlayLocalGrid("touch \"$0.asked\"; exit 3");

        await lab.RunAsync(ConformanceLab.ByTools);

        Assert.That(lab.LocalGrid + ".asked", Does.Not.Exist);
    }

    [Test]
    public async Task A_sample_that_cannot_be_copied_is_a_usage_error()
    {
        using var lab = new ConformanceLab("");
        string sample = lab.Sample("odd", "name: odd\npattern: defective\n");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(sample, "s")));

        DiagnosticException failure = (await Assert.ThrowsAsync<DiagnosticException>(
            () => lab.RunAsync(new() { Pattern = PluginCatalog.Open(lab.Pattern), Samples = [sample] }, CancellationToken.None)))!;

        Assert.That((failure.ExitCode, failure.Diagnostics.Single().Code), Is.EqualTo((ExitCode.Usage, ConformanceCodes.CopyFailed)));
    }

    [Test]
    public async Task Nothing_is_left_in_the_temporary_folder()
    {
        using var lab = new ConformanceLab("");
        string[] before = Directory.GetDirectories(Path.GetTempPath(), "tfc-test-*");

        await lab.RunAsync(ConformanceLab.ByTools);

        Assert.That(Directory.GetDirectories(Path.GetTempPath(), "tfc-test-*").Except(before), Is.Empty);
    }
}
