using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tests.Foundation.Files;

public sealed class FullDiskTests
{
    [Test]
    [Platform("Linux")]
    public void A_write_to_a_full_device_is_an_expected_problem()
    {
        IOException full = Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "x"))!;

        DiagnosticException? problem = FullDisk.Of(new InvalidOperationException("outer", full));

        Assert.That((problem?.ExitCode, problem?.Diagnostics[0].Code), Is.EqualTo(((ExitCode?)ExitCode.Prerequisite, StateCodes.DiskFull)));
        Assert.That(problem?.Message, Does.Contain("/dev/full"));
    }

    [Test]
    public void Another_problem_is_not()
    {
        Assert.That(FullDisk.Of(new IOException("there is no such file", 2)), Is.Null);
        Assert.That(FullDisk.Of(new InvalidOperationException()), Is.Null);
    }
}
