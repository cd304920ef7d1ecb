using System.ComponentModel;
using System.Net.Sockets;
using System.Reflection;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tests.Foundation.Files;

public sealed class SystemFaultTests
{
    private static IEnumerable<TestCaseData> Refusals =>
    [
        new TestCaseData(new IOException("Read-only file system : '/x'", 30), SystemCodes.ReadOnlyDisk).SetName("EROFS"),
        new TestCaseData(new IOException("Too many open files : '/x'", 24), SystemCodes.OutOfResources).SetName("EMFILE"),
        new TestCaseData(new IOException("No space left on device : '/x'", 28), StateCodes.DiskFull).SetName("ENOSPC"),
        new TestCaseData(new Win32Exception(11), SystemCodes.OutOfResources).SetName("fork: EAGAIN"),
        new TestCaseData(new Win32Exception(12), SystemCodes.OutOfResources).SetName("fork: ENOMEM"),
        new TestCaseData(new InsufficientMemoryException(), SystemCodes.OutOfResources).SetName("no memory, or no thread"),
        new TestCaseData(new UnauthorizedAccessException("Access to the path '/x' is denied."), SystemCodes.Refused).SetName("EACCES"),
        new TestCaseData(new IOException("Input/output error : '/x'", 5), SystemCodes.Refused).SetName("EIO"),
        new TestCaseData(new SocketException(101), SystemCodes.Refused).SetName("a socket"),
    ];

    [TestCaseSource(nameof(Refusals))]
    public void What_the_system_refuses_is_an_expected_problem_with_its_words(Exception refused, string code)
    {
        DiagnosticException? problem = SystemFault.Of(new InvalidOperationException("outer", refused));

        Assert.That((problem?.ExitCode, problem?.Diagnostics[0].Code), Is.EqualTo(((ExitCode?)ExitCode.Prerequisite, code)));
        Assert.That(problem?.Message, Does.Contain(refused.Message));
    }

    [Test]
    [Platform("Linux")]
    public void A_write_to_a_full_device_names_it()
    {
        IOException full = Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "x"))!;

        Assert.That(SystemFault.Of(full)?.Message, Does.Contain("/dev/full"));
        Assert.That(SystemFault.Of(full)?.Diagnostics[0].Code, Is.EqualTo(StateCodes.DiskFull));
    }

    [Test]
    public void What_this_program_does_wrong_is_not()
    {
        Assert.That(SystemFault.Of(new InvalidOperationException("that cannot be")), Is.Null);
        Assert.That(SystemFault.Of(new KeyNotFoundException()), Is.Null);
        Assert.That(SystemFault.Of(new IOException("the file has no end")), Is.Null);
        Assert.That(SystemFault.Of(new EndOfStreamException()), Is.Null);
        Assert.That(SystemFault.Of(Thrown(() => Assembly.Load("Missing.Assembly"))), Is.Null);
        Assert.That(SystemFault.Of(Thrown(() => Assembly.LoadFrom("/missing/Missing.dll"))), Is.Null);
        Assert.That(SystemFault.Of(new FileLoadException("Could not load file or assembly", "A.dll")), Is.Null);
        Assert.That(SystemFault.Of(Thrown(() => GC.KeepAlive(new long[int.MaxValue]))), Is.Null, "a wrong length");
    }

    [Test]
    public void A_file_or_folder_that_is_missing_is_a_refusal()
    {
        Assert.That(SystemFault.Of(Thrown(() => File.ReadAllText("/missing-file")))?.Message, Does.Contain("/missing-file"));
        Assert.That(SystemFault.Of(Thrown(() => File.ReadAllText("/missing/file")))?.Message, Does.Contain("/missing/file"));
    }

    // As CliWrap wraps it.
    [TestCase(11)]
    [TestCase(12)]
    [TestCase(24)]
    public void A_program_that_cannot_be_started_for_lack_of_resources_is_not_called_missing(int error)
    {
        DiagnosticException? problem = SystemFault.OfStart(new Win32Exception("Failed to start", new Win32Exception(error)));

        Assert.That(problem?.Diagnostics[0].Code, Is.EqualTo(SystemCodes.OutOfResources));
    }

    [TestCase(2)]
    [TestCase(13)]
    public void A_program_that_is_missing_or_not_executable_is_no_lack_of_resources(int error) =>
        Assert.That(SystemFault.OfStart(new Win32Exception("Failed to start", new Win32Exception(error))), Is.Null);

    private static Exception Thrown(Action act) => Assert.Catch(() => act())!;
}
