using TfgridCompose.Core.Deploying.Validation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying.Validation;

public sealed class HostLimitsTests
{
    private static readonly SourceLocation At = new("tfgrid-compose.yaml", 1, 1);

    [TestCase(1, 8191, 1, true)]
    [TestCase(1, 8192, 1, false)]
    [TestCase(1, 8192, 2, true)]
    [TestCase(4, 2048, 1, false)]
    [TestCase(32, 262144, 2, true)]
    public void A_machine_of_8_CPU_GB_has_a_disk_of_2_GB(int cpu, int memory, int disk, bool fits)
    {
        IReadOnlyList<Diagnostic> problems = HostLimits.ProblemsOf([Host("vm") with { Cpu = cpu, MemoryMb = memory, DiskGb = disk }], At);

        Assert.That(problems.Count == 0, Is.EqualTo(fits));
        Assert.That(problems.Select(problem => problem.ToString()).All(text => text.Contains("TFC0251", StringComparison.Ordinal)));
    }

    [Test]
    public void A_name_has_36_characters_at_most()
    {
        Assert.That(HostLimits.ProblemsOf([Host(new string('a', 36))], At), Is.Empty);
        Diagnostic problem = HostLimits.ProblemsOf([Host(new string('a', 37))], At).Single();
        Assert.That(problem.Message, Does.Contain("has 37 characters, and the grid accepts at most 36"));
    }

    [TestCase(1, 8191, 500)]
    [TestCase(8, 1024, 2048)]
    public void The_least_root_file_system_is_that_of_zos(int cpu, int memory, int least) =>
        Assert.That(MachineLimits.LeastRootMb(cpu, memory), Is.EqualTo(least));

    private static HostSpec Host(string name) => new() { Name = name, Role = "r", Cpu = 1, MemoryMb = 512, DiskGb = 1 };
}
