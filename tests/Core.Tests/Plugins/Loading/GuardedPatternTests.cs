using System.Reflection;
using Moq;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.Loading;

public sealed class GuardedPatternTests
{
    private static readonly MethodInfo[] Members = typeof(IPattern).GetMethods();

    // Null is an answer there.
    private static IEnumerable<MethodInfo> MembersThatMustAnswer =>
        Members.Where(member => Nullable.GetUnderlyingType(member.ReturnType) is null);

    // Loose: every member answers null, as a plugin compiled without nullable checks may.
    [TestCaseSource(nameof(MembersThatMustAnswer))]
    public void A_null_answer_of_any_member_is_a_diagnostic(MethodInfo member)
    {
        var plugin = new Mock<IPattern> { DefaultValueProvider = new NullAnswers() };

        Assert.That(FailureOf(member, plugin.Object).Code, Is.EqualTo(PatternCodes.MemberFailed));
    }

    [TestCaseSource(nameof(Members))]
    public void An_exception_of_any_member_is_a_diagnostic_that_names_it(MethodInfo member)
    {
        Diagnostic problem = FailureOf(member, new Mock<IPattern>(MockBehavior.Strict).Object);

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.MemberFailed));
        Assert.That(
            problem.Message,
            Does.StartWith($"The pattern 'mine' failed in {member.Name.Replace("get_", "", StringComparison.Ordinal)}: it threw"));
    }

    [TestCase("named a machine 'bad name'; a name has letters, digits", "web_1", "bad name")]
    [TestCase("named a machine 'it's'; a name has letters, digits", "it's")]
    [TestCase("named a machine ''; a name has letters, digits", "")]
    public void A_machine_whose_name_cannot_be_recorded_is_a_diagnostic(string problem, params string[] names)
    {
        var plugin = new Mock<IPattern>();
        plugin.Setup(pattern => pattern.Topology(It.IsAny<TopologyRequest>())).Returns(new Topology
        {
            Hosts = [.. names.Select(name => new HostSpec { Name = name, Role = "web", Cpu = 1, MemoryMb = 256, DiskGb = 1 })],
        });

        var request = new TopologyRequest { AppName = "hello", Options = new PatternOptions(new Dictionary<string, object>()) };
        DiagnosticException failure = Assert.Throws<DiagnosticException>(
            () => new GuardedPattern("mine", plugin.Object).Topology(request))!;

        Assert.That((failure.ExitCode, failure.Diagnostics.Single().Code), Is.EqualTo((ExitCode.Pattern, PatternCodes.MemberFailed)));
        Assert.That(failure.Diagnostics.Single().Message, Does.Contain(problem));
    }

    [Test]
    public void A_host_that_is_named_twice_is_one_target()
    {
        var plugin = new Mock<IPattern>();
        plugin.Setup(pattern => pattern.AppTargets(It.IsAny<DeploymentFacts>())).Returns(["web_2", "web_1", "web_2"]);

        Assert.That(new GuardedPattern("mine", plugin.Object).AppTargets(Deployed("web_1", "web_2")), Is.EqualTo(["web_2", "web_1"]));
    }

    [Test]
    public void A_target_that_is_no_host_is_a_diagnostic_that_names_it()
    {
        var plugin = new Mock<IPattern>();
        plugin.Setup(pattern => pattern.AppTargets(It.IsAny<DeploymentFacts>())).Returns(["web_1", "web_2"]);
        var pattern = new GuardedPattern("mine", plugin.Object);

        DiagnosticException failure = Assert.Throws<DiagnosticException>(() => pattern.AppTargets(Deployed("web_1")))!;

        Assert.That((failure.ExitCode, failure.Diagnostics.Single().Code), Is.EqualTo((ExitCode.Pattern, PatternCodes.MemberFailed)));
        Assert.That(
            failure.Diagnostics.Single().Message,
            Does.EndWith("failed in AppTargets: it named the host 'web_2', which the deployment does not have"));
    }

    [TestCase(null)]
    [TestCase(1)]
    [TestCase(65535)]
    public void The_apps_port_is_passed_on(int? port)
    {
        var plugin = new Mock<IPattern>();
        plugin.Setup(pattern => pattern.AppPort(It.IsAny<DeploymentFacts>())).Returns(port);

        Assert.That(new GuardedPattern("mine", plugin.Object).AppPort(Deployed("web_1")), Is.EqualTo(port));
    }

    [TestCase(0)]
    [TestCase(65536)]
    public void A_number_that_is_no_port_is_a_diagnostic(int port)
    {
        var plugin = new Mock<IPattern>();
        plugin.Setup(pattern => pattern.AppPort(It.IsAny<DeploymentFacts>())).Returns(port);

        DiagnosticException failure =
            Assert.Throws<DiagnosticException>(() => new GuardedPattern("mine", plugin.Object).AppPort(Deployed("web_1")))!;

        Assert.That(failure.Diagnostics.Single().Message, Does.EndWith($"failed in AppPort: it returned {port}, which is not a port"));
    }

    [Test]
    public void A_file_that_cannot_be_opened_is_a_diagnostic_that_names_it()
    {
        var plugin = new Mock<IPattern>();
        plugin.Setup(pattern => pattern.Files).Returns([new PatternFile("platform/site.yml", () => throw new IOException("gone"))]);

        DiagnosticException failure = Assert.Throws<DiagnosticException>(() => new GuardedPattern("mine", plugin.Object).Files[0].Open())!;

        Assert.That(failure.Diagnostics.Single().Message, Does.Contain("Files (platform/site.yml)").And.Contain("gone"));
    }

    [Test]
    public void A_member_that_does_not_come_back_is_a_diagnostic_that_names_it()
    {
        using var never = new ManualResetEventSlim();
        var plugin = new Mock<IPattern>();
        plugin.Setup(pattern => pattern.Failure).Returns(() =>
        {
            never.Wait();
            return new FailurePolicy();
        });

        DiagnosticException failure = Assert.Throws<DiagnosticException>(() => _ = new GuardedPattern(
            "mine",
            plugin.Object,
            TimeSpan.FromMilliseconds(50)).Failure)!;
        never.Set();

        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo(PatternCodes.MemberHangs));
        Assert.That(
            failure.Diagnostics.Single().Message,
            Is.EqualTo("The pattern 'mine' failed in Failure: it did not return within 0.1 s"));
    }

    private static DeploymentFacts Deployed(params string[] hosts) => new()
    {
        DeploymentId = "abc123xyz",
        AppName = "hello",
        Hosts = [.. hosts.Select(host => new HostFacts { Name = host, Role = "web", Addresses = [] })],
        Options = new PatternOptions(new Dictionary<string, object>()),
    };

    private static Diagnostic FailureOf(MethodInfo member, IPattern plugin)
    {
        TargetInvocationException wrapped = Assert.Throws<TargetInvocationException>(
            () => member.Invoke(new GuardedPattern("mine", plugin), new object?[member.GetParameters().Length]))!;
        return ((DiagnosticException)wrapped.InnerException!).Diagnostics.Single();
    }

    private sealed class NullAnswers : DefaultValueProvider
    {
        protected override object GetDefaultValue(Type type, Mock mock) => null!;
    }
}
