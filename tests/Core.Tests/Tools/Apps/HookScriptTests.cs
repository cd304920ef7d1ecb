using System.Diagnostics;
using System.Text;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Tests.Tools.Apps;

/// <summary>The script as a machine without systemd runs it, in folders of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Platform("Linux")]
[CancelAfter(30_000)]
public sealed class HookScriptTests : IDisposable
{
    private const string Key = "0123abcd";
    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-hook-").FullName;

    public HookScriptTests()
    {
        Directory.CreateDirectory(In("app"));
        File.WriteAllText(In("app/.tfgrid-env"), "GREETING='it'\\''s me'\n");
    }

    public void Dispose()
    {
        Start(HookScript.Stop).WaitForExit();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("echo one; echo two >&2; echo \"$GREETING\"", 0, "one\ntwo\nit's me\n")]
    [TestCase("echo no; exit 255", 255, "no\n")]
    [TestCase("kill -9 $$", 137, "")]
    [TestCase("printf 'without an end of line'; exit 3", 3, "without an end of line")]
    public void The_hooks_own_exit_code_and_output_come_back(string hook, int code, string output)
    {
        Hook("setup", hook);

        Assert.That(Run(HookScript.Run(Key, "setup", "setup", null)), Is.EqualTo((0, output, $"{HookScript.Ended}{code}\n")));
    }

    [Test]
    public void A_process_that_it_leaves_behind_is_not_waited_for_and_goes_on()
    {
        Hook("setup", $"(sleep 1; touch '{In("later")}') & echo started");

        Assert.That(Run(HookScript.Run(Key, "setup", "setup", null)).Output, Is.EqualTo("started\n"));

        Assert.That(In("later"), Does.Not.Exist);
        Assert.That(() => File.Exists(In("later")), Is.True.After(10_000, 100));
    }

    [Test]
    public void It_outlives_its_connection_runs_once_and_is_followed_to_its_end()
    {
        Hook("setup", $"echo run >>'{In("runs")}'; echo first; while [ ! -e '{In("go")}' ]; do sleep 0.05; done; echo last; exit 7");
        using (Process lost = Start(HookScript.Run(Key, "setup", "setup", null)))
        {
            Assert.That(lost.StandardOutput.ReadLine(), Is.EqualTo("first"));
            lost.Kill(entireProcessTree: false);
        }

        Assert.That(Run(HookScript.Run(Key, "setup", "setup", null)), Is.EqualTo((HookScript.Unseen, $"{Key} setup\n", "")));
        Assert.That(Run(HookScript.RefuseUnseen), Is.EqualTo((HookScript.Unseen, $"{Key} setup\n", "")));
        File.WriteAllText(In("go"), "");
        (int Code, string Output, string Errors) followed = Run(HookScript.Follow);

        Assert.That(followed, Is.EqualTo((0, "first\nlast\n", $"{HookScript.Ended}7\n")));
        Assert.That(Run(HookScript.Follow), Is.EqualTo(followed), "until it is forgotten");
        Assert.That(File.ReadAllLines(In("runs")), Has.Length.EqualTo(1));
        Run(HookScript.Forget);
        Assert.That(Run(HookScript.RefuseUnseen), Is.EqualTo((0, "", "")));
    }

    [Test]
    public void The_next_hook_takes_the_place_of_one_whose_end_was_seen()
    {
        Hook("setup", "echo one");
        Hook("late hook.sh", "echo two");
        Run(HookScript.Run(Key, "setup", "setup", null));

        Assert.That(Run(HookScript.Run(Key, "configure", "late hook.sh", "setup")).Output, Is.EqualTo("two\n"));
        Assert.That(Run(HookScript.Run(Key, "healthcheck", "setup", "setup")).Code, Is.EqualTo(HookScript.Unseen));
    }

    [Test]
    public void One_that_has_gone_without_an_exit_code_is_in_nobodys_way()
    {
        Hook("setup", "echo begun; sleep 300");
        using Process follower = Start(HookScript.Run(Key, "setup", "setup", null));
        follower.StandardOutput.ReadLine();
        string session = File.ReadAllText(In("state/hook/pid")).Trim();
        Run($"kill -s KILL -- -{session}");

        follower.WaitForExit();

        Assert.That(follower.StandardError.ReadToEnd(), Is.EqualTo(HookScript.Gone + "\n"));
        Assert.That(Run(HookScript.RefuseUnseen).Code, Is.Zero);
        Hook("setup", "echo again");
        Assert.That(Run(HookScript.Run(Key, "setup", "setup", null)).Output, Is.EqualTo("again\n"));
    }

    [Test]
    public void What_cannot_be_started_is_told_from_what_fails()
    {
        File.WriteAllText(In("state"), "a file in the way");

        (int code, string output, string errors) = Run(HookScript.Run(Key, "setup", "setup", null));

        Assert.That((code, output), Is.EqualTo((HookScript.NotStarted, "")));
        Assert.That(errors, Does.Contain("state"));
    }

    [Test]
    public void It_has_the_environment_of_the_connection_and_no_signal_is_ignored()
    {
        Hook("setup", "echo \"$HOME $h\"; grep SigIgn /proc/self/status");
        File.AppendAllText(In("app/.tfgrid-env"), "h=mine\n");

        Assert.That(
            Run(HookScript.Run(Key, "setup", "setup", null)).Output,
            Does.StartWith($"{Environment.GetEnvironmentVariable("HOME")} mine\nSigIgn:\t").And.EndsWith("00\n"));
    }

    [TestCase("0123 setup\n", "0123", "setup")]
    [TestCase("0123 ../../x\n", null, null)]
    [TestCase("../x setup\n", null, null)]
    [TestCase("0123 setup\nmore\n", null, null)]
    [TestCase("", null, null)]
    public void Only_a_hooks_key_and_name_are_read_from_a_machine(string line, string? key, string? name)
    {
        var unseen = UnseenHook.Parse(line);

        Assert.That((unseen?.Key, unseen?.Name), Is.EqualTo((key, name)));
    }

    [TestCase("trap '' TERM;")]
    [TestCase("(trap '' TERM; sleep 300) &")]
    public void Stop_ends_it_and_what_it_started(string deaf)
    {
        Hook("setup", $"{deaf} sleep 300 & echo $! >'{In("child")}'; echo started; wait");
        using Process follower = Start(HookScript.Run(Key, "setup", "setup", null));
        follower.StandardOutput.ReadLine();

        Assert.That(Run(HookScript.Stop).Code, Is.Zero);

        follower.WaitForExit();
        int child = int.Parse(File.ReadAllText(In("child")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(() => IsRunning(child), Is.False.After(5_000, 100));
        Assert.That(Run(HookScript.RefuseUnseen).Code, Is.Zero);
    }

    private static bool IsRunning(int process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private void Hook(string name, string commands)
    {
        File.WriteAllText(In($"app/{name}"), $"#!/bin/sh\n{commands}\n");
        File.SetUnixFileMode(In($"app/{name}"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private (int Code, string Output, string Errors) Run(string command)
    {
        using Process process = Start(command);
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors);
    }

    // As sshd does, with no signal ignored: the tests may run in the background of a script.
    private Process Start(string command)
    {
        Process process = Process.Start(new ProcessStartInfo("env", ["--default-signal", "sh", "-c", Here(command)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        if (command.StartsWith("sh -s", StringComparison.Ordinal))
        {
            using var script = new MemoryStream();
            HookScript.WriteAsync(script, CancellationToken.None).GetAwaiter().GetResult();
            process.StandardInput.Write(Here(Encoding.UTF8.GetString(script.ToArray())));
        }

        process.StandardInput.Close();
        return process;
    }

    // The machine's folders lie in the test's.
    private string Here(string text) => text
        .Replace("/var/lib/tfgrid-compose/hook", In("state/hook"), StringComparison.Ordinal)
        .Replace("/tmp/app-deployment", In("app"), StringComparison.Ordinal)
        .Replace("/run/systemd/system", In("no-systemd"), StringComparison.Ordinal);

    private string In(string name) => Path.Combine(_folder, name);
}
