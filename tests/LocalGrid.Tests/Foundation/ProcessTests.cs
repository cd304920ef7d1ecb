using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Tests.Foundation;

/// <summary>With real processes.</summary>
public sealed partial class ProcessTests
{
    private const int DuplicateFile = 0;
    private const int GetFileFlags = 1;
    private const int Limit = 30_000;

    [Test]
    public void This_process_is_alive_and_one_that_never_was_is_not()
    {
        Assert.That(ProcessIdentity.Current.IsAlive);
        Assert.That(ProcessIdentity.Current.Pid, Is.EqualTo(Environment.ProcessId));
        Assert.That(ProcessIdentity.Current.StartTime, Is.Positive);
        Assert.That(ProcessIdentity.Of(int.MaxValue), Is.EqualTo(new ProcessIdentity(int.MaxValue, 0, ProcessIdentity.CurrentBoot)));
        Assert.That(ProcessIdentity.Of(int.MaxValue).IsAlive, Is.False);
    }

    [Test]
    public void A_process_of_another_boot_or_another_start_is_another()
    {
        ProcessIdentity current = ProcessIdentity.Current;

        Assert.That(Guid.TryParse(ProcessIdentity.CurrentBoot, out _), ProcessIdentity.CurrentBoot);
        Assert.That((current with { Boot = "earlier" }).IsAlive, Is.False);
        Assert.That((current with { StartTime = current.StartTime - 1 }).IsAlive, Is.False);
    }

    /// <summary>The stat line has the name of the process, which may contain anything.</summary>
    [Test]
    public void A_name_with_parentheses_and_spaces_confuses_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("tfgrid-process").FullName;
        File.CreateSymbolicLink(Path.Combine(folder, ") Z 1 (x"), "/bin/sleep");
        using var process = Process.Start(Path.Combine(folder, ") Z 1 (x"), "60");
        try
        {
            var identity = ProcessIdentity.Of(process.Id);

            Assert.That(identity.IsAlive);
            Assert.That(identity.StartTime, Is.GreaterThanOrEqualTo(ProcessIdentity.Current.StartTime));
        }
        finally
        {
            new Kernel().Kill(process.Id);
            process.WaitForExit();
            Directory.Delete(folder, recursive: true);
        }

        Assert.That(process.ExitCode, Is.EqualTo(128 + Libc.SigKill));
    }

    [Test]
    public void A_zombie_is_not_alive()
    {
        // The shell becomes a program that never waits for the child. The child ends after that: some shells would collect it.
        const string Script = "exec 3<&0; read line <&3 & echo $!; exec sleep 60";
        using Process parent = Process.Start(
            new ProcessStartInfo("sh", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            int child = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.That(() => File.ReadAllText($"/proc/{parent.Id}/comm"), Is.EqualTo("sleep\n").After(Limit, 10));
            var identity = ProcessIdentity.Of(child);
            Assert.That(identity.IsAlive);

            parent.StandardInput.WriteLine();
            Assert.That(() => File.ReadAllText($"/proc/{child}/stat"), Does.Contain(") Z ").After(Limit, 10));
            Assert.That(identity.IsAlive, Is.False);
            Assert.That(ProcessIdentity.Of(child).StartTime, Is.Zero);
        }
        finally
        {
            parent.Kill();
            parent.WaitForExit();
        }
    }

    [Test]
    public void Files_that_a_caller_left_open_are_kept_from_children()
    {
        using FileStream file = File.OpenRead("/dev/null");
        int inherited = Libc.ControlFile((int)file.SafeFileHandle.DangerousGetHandle(), DuplicateFile, 3);
        Assert.That(Libc.ControlFile(inherited, GetFileFlags, 0), Is.Zero);

        InheritedFiles.KeepFromChildren();

        Assert.That(Libc.ControlFile(inherited, GetFileFlags, 0), Is.EqualTo(Libc.CloseOnExec));
        Assert.That(Libc.ControlFile(1, GetFileFlags, 0), Is.Zero, "standard output stays");
        File.OpenHandle($"/proc/self/fd/{inherited}").Dispose();
    }

    [Test]
    public void The_kernels_own_words_say_why_a_mount_failed()
    {
        string? problem = new Kernel().Mount("x", "/nonexistent", "overlay", "");

        Assert.That(problem, Does.Match(Reason()));
    }

    [Test]
    public void Removing_a_folder_tells_a_busy_one_from_one_that_is_gone()
    {
        var kernel = new Kernel();
        string folder = Directory.CreateTempSubdirectory("tfgrid-kernel").FullName;
        string child = Directory.CreateDirectory(Path.Combine(folder, "child")).FullName;

        Assert.That(kernel.RemoveDirectory(folder), Is.False);
        Assert.That(kernel.RemoveDirectory(child));
        Assert.That(kernel.RemoveDirectory(folder));
        Assert.That(kernel.RemoveDirectory(folder));
    }

    [GeneratedRegex("(No such file|not permitted|denied)")]
    private static partial Regex Reason();
}
