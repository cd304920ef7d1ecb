using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Looking.Conformance;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

public sealed class TerraformCheckTests
{
    [TestCase("", true, "validate did not end within 00:05:00")]
    [TestCase("", false, "validate ended with exit code 1: out of memory")]
    [TestCase("{}", false, "validate ended with exit code 1: out of memory")]
    [TestCase("""{"diagnostics": []}""", false, "validate ended with exit code 1: out of memory")]
    public void A_validate_that_says_nothing_is_no_pass(string output, bool timedOut, string finding) =>
        Assert.That(
            TerraformCheck.ErrorsIn(new ToolResult(1, output, ["out of memory"], timedOut)).Select(each => each.Problem),
            Is.EqualTo(new[] { finding }));

    [Test]
    public void A_validate_without_errors_passes() =>
        Assert.That(TerraformCheck.ErrorsIn(new ToolResult(0, """{"diagnostics": [{"severity": "warning", "summary": "old"}]}""", [], TimedOut: false)), Is.Empty);
}
