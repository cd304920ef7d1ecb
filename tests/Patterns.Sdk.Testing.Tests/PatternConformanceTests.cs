using System.Diagnostics;
using System.Globalization;

namespace TfgridCompose.Patterns.Sdk.Testing.Tests;

public sealed class PatternConformanceTests
{
    private static readonly Action<PatternConformance>[] Tests =
    [
        kit => kit.Metadata_is_complete(),
        kit => kit.Options_are_documented_and_their_defaults_valid(),
        kit => kit.Topology_is_sound(),
        kit => kit.Variables_fit_the_Terraform_files(),
        kit => kit.Terraform_accepts_the_files(),
        kit => kit.Ansible_accepts_the_playbook(),
        kit => kit.Up_succeeds_on_the_local_grid(),
        kit => kit.Inventory_holds_every_machine(),
        kit => kit.A_second_run_changes_nothing(), kit => kit.Down_leaves_nothing(),
    ];

    private static readonly string[] Checks =
    [
        "metadata",
        "options",
        "topology",
        "variables",
        "terraform",
        "playbook",
        "apply",
        "inventory",
        "idempotence",
        "down",
    ];

    [Test]
    public async Task Each_test_fails_with_its_own_check_and_no_other([Range(0, 9)] int failing)
    {
        using var program = new StandInProgram(
            StandInProgram.Report(
                [.. Checks.Select((id, i) => (id, i == failing ? "failed" : "passed", $"{id} is wrong", $"mend {id}", (string?)null))]),
            exitCode: 8);
        PatternConformance kit = Kit.Of(program.FileName);
        await kit.RunChecksAsync();

        for (int i = 0; i < Tests.Length; i++)
        {
            Action test = () => Tests[i](kit);
            if (i == failing)
            {
                Assert.That(
                    Assert.Throws<AssertionException>(() => test())!.Message,
                    Is.EqualTo($"{Checks[i]} is wrong\n-> mend {Checks[i]}"));
            }
            else
            {
                Assert.DoesNotThrow(() => test());
            }
        }
    }

    [Test]
    public async Task A_check_that_was_not_run_is_ignored_with_its_reason()
    {
        using var program = new StandInProgram(
            StandInProgram.Report(("apply", "not run", "the local grid needs root", "", "generated")));
        PatternConformance kit = Kit.Of(program.FileName);
        await kit.RunChecksAsync();

        Assert.That(
            Assert.Throws<IgnoreException>(kit.Up_succeeds_on_the_local_grid)!.Message,
            Is.EqualTo("not run: the local grid needs root"));
    }

    [Test]
    public async Task One_failed_sample_fails_the_check_and_one_passed_sample_is_enough_if_others_were_not_run()
    {
        using var program = new StandInProgram(StandInProgram.Report(
            ("topology", "passed", "", "", "a"),
            ("topology", "failed", "no machine", "ask for one\nor two", "b"),
            ("apply", "not run", "why", "", "a"),
            ("apply", "passed", "", "", "b")), exitCode: 8);
        PatternConformance kit = Kit.Of(program.FileName);
        await kit.RunChecksAsync();

        Assert.That(
            Assert.Throws<AssertionException>(kit.Topology_is_sound)!.Message,
            Is.EqualTo("b: no machine\n-> ask for one\n-> or two"));
        Assert.DoesNotThrow(kit.Up_succeeds_on_the_local_grid);
    }

    [Test]
    public async Task Without_tfgrid_compose_every_test_is_ignored_with_the_command_that_installs_it()
    {
        PatternConformance kit = Kit.Of(null);
        await kit.RunChecksAsync();

        foreach (Action<PatternConformance> test in Tests)
        {
            Assert.That(
                Assert.Throws<IgnoreException>(() => test(kit))!.Message,
                Does.StartWith("not run: tfgrid-compose is not installed; run `dotnet tool install"));
        }
    }

    [Test]
    public async Task A_program_that_is_missing_or_reports_nothing_fails_every_test()
    {
        using var silent = new StandInProgram("", "error TFC0850: neither a folder nor a name", 2);
        PatternConformance broken = Kit.Of(silent.FileName);
        await broken.RunChecksAsync();
        PatternConformance missing = Kit.Of(Path.Combine(silent.Folder, "absent"));
        await missing.RunChecksAsync();

        foreach (Action<PatternConformance> test in Tests)
        {
            Assert.That(
                Assert.Throws<AssertionException>(() => test(broken))!.Message,
                Does.Contain("exited with 2").And.Contain("TFC0850"));
            Assert.That(
                Assert.Throws<AssertionException>(() => test(missing))!.Message,
                Does.Contain("absent cannot be started"));
        }
    }

    [Test]
    public async Task A_check_that_the_program_does_not_know_fails()
    {
        using var program = new StandInProgram(StandInProgram.Report(("metadata", "passed", "", "", null)));
        PatternConformance kit = Kit.Of(program.FileName);
        await kit.RunChecksAsync();

        Assert.That(
            Assert.Throws<AssertionException>(kit.Down_leaves_nothing)!.Message,
            Does.Contain("did not report the check 'down'"));
    }

    [Test]
    public async Task The_fixture_decides_what_is_run()
    {
        using var program = new StandInProgram(StandInProgram.Report());
        await Kit.Of(
            program.FileName,
            ("Samples", new[] { "/a one", "/b" }),
            ("DeploysAllSamples", true),
            ("IsQuick", true)).RunChecksAsync();

        Assert.That(program.Arguments, Is.EqualTo(new[]
        {
            "patterns",
            "test",
            "/built/mine",
            "--output",
            "json",
            "--non-interactive",
            "--sample",
            "/a one",
            "--sample",
            "/b",
            "--all-samples",
            "--skip",
            "apply",
        }));
    }

    [Test]
    public async Task A_run_that_takes_too_long_is_told_to_end_so_that_it_can_clean_up()
    {
        using var program = new StandInProgram(
            "", before: "trap 'echo down >cleaned; kill $!; exit 130' TERM\nsleep 60 & wait");
        PatternConformance kit = Kit.Of(program.FileName, ("Limit", TimeSpan.FromMilliseconds(500)));
        await kit.RunChecksAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(
            Assert.Throws<AssertionException>(kit.Metadata_is_complete)!.Message,
            Does.Contain("did not end within 00:00:00.5"));
        Assert.That(Path.Combine(program.Folder, "cleaned"), Does.Exist);
    }

    [Test]
    public async Task A_process_that_it_leaves_behind_does_not_block_the_tests()
    {
        using var program = new StandInProgram(
            "",
            before: """
                setsid sh -c 'echo $$ >outside; exec sleep 60' &
                trap 'echo is cut short >&2; exit 130' TERM
                while :; do sleep 0.1; done
                """);
        PatternConformance kit = Kit.Of(program.FileName, ("Limit", TimeSpan.FromSeconds(1)));
        try
        {
            await kit.RunChecksAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            using var outside = Process.GetProcessById(
                int.Parse(
                    await File.ReadAllTextAsync(Path.Combine(program.Folder, "outside")),
                    CultureInfo.InvariantCulture));
            outside.Kill();
        }

        Assert.That(
            Assert.Throws<AssertionException>(kit.Metadata_is_complete)!.Message,
            Does.Contain("is cut short").And.Contain("machines may remain, see `tfgrid-compose grid local status`"));
    }
}
