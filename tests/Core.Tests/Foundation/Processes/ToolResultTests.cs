using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

public sealed class ToolResultTests
{
    [TestCase("", "printed what cannot be read: nothing")]
    [TestCase("  \n", "printed what cannot be read: nothing")]
    [TestCase("Usage: terraform [options]\n", "printed what cannot be read: 'Usage: terraform [options]'")]
    [TestCase("\u001b[2Jx", "printed what cannot be read: '?[2Jx'")]
    [TestCase("{\"secret\":", "printed what cannot be read: JSON of another form")]
    [TestCase("{\"secret\":\"hunter22\"}", "printed what cannot be read: JSON of another form")]
    public void What_is_not_the_expected_JSON_is_an_error_of_the_tool(string output, string said)
    {
        var result = new ToolResult(0, output, [], TimedOut: false) { Program = "/usr/bin/terraform" };

        DiagnosticException problem =
            Assert.Throws<DiagnosticException>(() => result.Read(root => root.GetProperty("value").GetInt32()))!;

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.Infrastructure));
        Assert.That(problem.Diagnostics.Single().Code, Is.EqualTo(ToolCodes.OutputUnreadable));
        Assert.That(problem.Message, Does.StartWith($"terraform {said}").And.Not.Contain("hunter22"));
    }

    [Test]
    public void What_is_expected_is_read() => Assert.That(
        new ToolResult(0, "{\"value\":7}\n", [], TimedOut: false).Read(root => root.GetProperty("value").GetInt32()), Is.EqualTo(7));

    [TestCase(3, false, "ended with exit code 3")]
    [TestCase(-1, true, "did not end in time and was stopped")]
    public void A_tool_that_was_stopped_has_no_exit_code_to_show(int code, bool timedOut, string said) => Assert.That(
        new ToolResult(code, "", [], timedOut).Ending, Is.EqualTo(said));
}
