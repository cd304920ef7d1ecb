using System.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

public sealed class ShellQuoteTests
{
    private static readonly string[] Hostile =
    [
        "plain", "", " ", "it's", "''", "\"", "$HOME", "$(touch /tmp/pwned)", "`id`", "\\", "\\'", "a\nb", "\t", "*",
        "~", "!", "#x", ";", "&&", "|", ">", "<", "{a,b}", "-n", "--", "é✓𝄞", "%s", "a=b", "@%+=:,./-_",
    ];

    [Test]
    public void A_shell_reads_every_word_back_as_it_was()
    {
        Assert.That(Words(ShellQuote.Words(Hostile)), Is.EqualTo(Hostile));
        Assert.That(Words(string.Join(' ', Hostile.Select(ShellQuote.Word))), Is.EqualTo(Hostile));
    }

    [TestCase("uname -a", "uname -a")]
    [TestCase("ls|my file", "ls 'my file'")]
    public void Words_that_need_no_quotes_have_none(string words, string line)
    {
        Assert.That(ShellQuote.Words(words.Split(words.Contains('|') ? '|' : ' ')), Is.EqualTo(line));
    }

    [Test]
    public void A_command_line_for_logs_can_be_copied()
    {
        Assert.That(new ToolCommand("ssh", ["-T", "root@x", "echo 'a'"]).ToString(), Is.EqualTo(@"ssh -T root@x 'echo '\''a'\'''"));
    }

    [TestCase("setup.sh", "setup.sh")]
    [TestCase("late/my hook.sh", "'late/my hook.sh'")]
    public void A_hooks_path_is_one_word(string path, string word)
    {
        Assert.That(HookScript.Run("key", "setup", path, null), Is.EqualTo($"sh -s -- run key setup {word} ''"));
        Assert.That(HookScript.Run("key", "configure", path, "setup"), Is.EqualTo($"sh -s -- run key configure {word} 'key setup'"));
    }

    // A real shell splits the line; NUL ends each word.
    private static string[] Words(string line)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"printf '%s\\0' {line}"]) { RedirectStandardOutput = true };
        using Process shell = Process.Start(start)!;
        string output = shell.StandardOutput.ReadToEnd();
        Assert.That(shell.WaitForExit(10_000) && shell.ExitCode == 0);
        return output.Split('\0')[..^1];
    }
}
