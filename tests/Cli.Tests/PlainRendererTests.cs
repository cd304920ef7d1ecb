using NLog;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Cli.Tests;

public sealed class PlainRendererTests
{
    private static readonly TimeSpan Spent = TimeSpan.FromMilliseconds(1200);

    private static IEnumerable<TestCaseData> Shown =>
    [
        new TestCaseData(new PhaseStarted(PhaseId.Validate, "always"), "> validate: always\n"),
        new TestCaseData(new PhaseStarted(PhaseId.Wait, "first time"), "> wait: first time\n"),
        new TestCaseData(new PhaseCompleted(PhaseId.Wait, Spent), "< wait: done in 1.2 s\n"),
        new TestCaseData(new Note("a word"), "    a word\n"),
        new TestCaseData(new HookLine("setup", "vm", "\u001b[31mred\u001b]0;t\u0007"), "    setup| red?]0;t?\n"),
        new TestCaseData(new WaitAttempt("vm", 9, Spent, "refused"), "    waiting for vm, 1.2 s: refused\n"),
        new TestCaseData(
            new DiagnosticRaised(Diagnostic.Warning("TFC0001", "Too bad.", "mend it")),
            "warning TFC0001: Too bad.\n  -> mend it\n"),
    ];

    private static IEnumerable<TestCaseData> Quiet =>
    [
        new TestCaseData(new PhaseSkipped(PhaseId.Wait, "unchanged"), "- wait: unchanged\n"),
        new TestCaseData(new WaitAttempt("vm", 8, Spent, "refused"), "    waiting for vm, 1.2 s: refused\n"),
        new TestCaseData(new HostWorkStarted("setup", "vm"), "    > setup on vm\n"),
        new TestCaseData(new HostWorkEnded("setup", "vm"), "    < setup on vm\n"),
    ];

    [TestCaseSource(nameof(Shown))]
    public void What_people_follow_is_shown(DeploymentEvent one, string text) => Assert.That(TextOf(one, debug: false), Is.EqualTo(text));

    [TestCaseSource(nameof(Quiet))]
    public void Details_are_shown_with_debug_alone(DeploymentEvent one, string text) =>
        Assert.That((TextOf(one, debug: false), TextOf(one, debug: true)), Is.EqualTo(("", text)));

    [TestCase("TASK [base : install] ****", "    TASK [base : install]\n")]
    [TestCase("fatal: [vm]: FAILED!", "    fatal: [vm]: FAILED!\n")]
    [TestCase("ok: [vm]", "")]
    public void Of_Ansible_tasks_and_failures_are_shown(string line, string text) =>
        Assert.That(TextOf(new ToolLine("ansible", line), debug: false), Is.EqualTo(text));

    [Test]
    public void A_line_of_another_tool_is_shown() =>
        Assert.That(TextOf(new ToolLine("terraform", "vm: Creating..."), debug: false), Is.EqualTo("    vm: Creating...\n"));

    [TestCase(false, "    setup| hello\n")]
    [TestCase(true, "    vm setup| hello\n")]
    public void A_hooks_line_names_its_machine_where_there_are_several(bool several, string text) =>
        Assert.That(TextOf(new HookLine("setup", "vm", "hello") { OneOfSeveral = several }, debug: false), Is.EqualTo(text));

    [Test]
    public void Secrets_are_masked_on_the_screen_and_in_the_log()
    {
        var mask = new SecretMask();
        mask.Add("hunter22");
        var log = new NLog.Targets.MemoryTarget { Layout = "${message}" };
        using var factory = new LogFactory();
        factory.Setup().LoadConfiguration(setup => setup.ForLogger().WriteTo(log));
        using var output = new StringWriter { NewLine = "\n" };

        new PlainRenderer(output, mask, factory.GetLogger("test"), debug: false).Emit(new Note("it is hunter22"));

        Assert.That((output.ToString(), log.Logs.Single()), Is.EqualTo(("    it is ***\n", "    it is ***")));
    }

    private static string TextOf(DeploymentEvent one, bool debug)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new PlainRenderer(output, new SecretMask(), LogManager.CreateNullLogger(), debug).Emit(one);
        return output.ToString();
    }
}
