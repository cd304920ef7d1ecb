using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Tests.State;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentLockTests : IDisposable
{
    private static readonly LockHolder Holder = new("ann", "laptop", 42, "tfgrid-compose up", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void The_second_taker_is_told_who_holds_it()
    {
        using DeploymentLock first = Take("hello");

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => Take("hello"))!;

        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Conflict, "TFC0701")));
        Assert.That(problem.Message, Is.EqualTo("hello is in use by 'tfgrid-compose up' (process 42 of ann on laptop, since 2026-01-02 03:04:05 UTC)."));
    }

    [Test]
    public void It_is_free_again_after_its_holder_has_ended()
    {
        Take("hello").Dispose();

        Assert.That(() => Take("hello").Dispose(), Throws.Nothing);
    }

    [Test]
    public void Another_name_or_app_has_its_own()
    {
        using DeploymentLock first = Take("hello");
        using DeploymentLock second = Take("two");
        using DeploymentLock third = DeploymentLock.Take(_home.Home, "/other", "hello", Holder);

        Assert.That(first, Is.Not.Null);
    }

    private DeploymentLock Take(string name) => DeploymentLock.Take(_home.Home, "/apps/hello", name, Holder);
}
