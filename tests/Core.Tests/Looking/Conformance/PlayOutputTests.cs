using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Tests.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

public sealed class PlayOutputTests
{
    private const string Recap = "\nPLAY RECAP *********\n";

    [Test]
    public void A_play_that_reached_no_machine_proves_nothing() =>
        Assert.That(
            Findings($"PLAY [Servers] ***\nskipping: no hosts matched\n{Recap}"),
            Is.EqualTo(new[] { "the second play reached no machine" }));

    [Test]
    public void A_play_that_changed_nothing_is_as_it_should_be() =>
        Assert.That(Findings($"{Recap}box                        : ok=2    changed=0    unreachable=0    failed=0\n"), Is.Empty);

    [Test]
    public void What_changed_is_named() => Assert.That(
        Findings($"TASK [Count] ****\nchanged: [box]\n{Recap}box : ok=2 changed=1 unreachable=0\nother : ok=2 changed=0 unreachable=0\n"),
        Is.EqualTo(new[] { "the second play changed box (changed=1): 'Count'" }));

    private static IEnumerable<string> Findings(string output) =>
        PlayOutput.FindingsIn(RecordingRunner.Result(0, output)).Select(finding => finding.Problem);
}
