using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Store;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AddressRangesTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void Every_deployment_has_its_own_until_none_is_left()
    {
        string owner = _home.Folder("owner");
        AddressRanges ranges = Ranges();

        string[] taken = [.. Enumerable.Range(0, 254).Select(_ => ranges.Take(owner))];

        Assert.That(taken.Distinct().Count(), Is.EqualTo(254));
        Assert.That(taken, Has.All.Match(@"^10\.([1-9]\d?|1\d\d|2[0-4]\d|25[0-4])\.0\.0/16$"));
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => ranges.Take(owner))!;
        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Conflict, "TFC0706")));
        Assert.That(problem.Diagnostics[0].Message, Is.EqualTo("All 254 private ranges 10.x.0.0/16 are taken on this machine."));
    }

    // The search starts at a random range: 4000 times, so that it has started right behind the free one.
    [Test]
    public void The_only_free_range_is_found_wherever_the_search_starts()
    {
        AddressRanges ranges = Ranges(allRoutedBut: 7);

        Assert.That(Enumerable.Range(0, 4000).Select(_ => ranges.Peek()), Has.All.EqualTo("10.7.0.0/16"));
    }

    [Test]
    public void A_released_range_or_one_whose_owner_is_gone_is_free_again()
    {
        AddressRanges ranges = Ranges(allRoutedBut: 7);
        string owner = _home.Folder("owner");

        Assert.That(ranges.Take(owner), Is.EqualTo("10.7.0.0/16"));
        ranges.Release("10.7.0.0/16", "/somebody/else");
        Assert.That(() => ranges.Take(owner), Throws.TypeOf<DiagnosticException>());
        ranges.Release("10.7.0.0/16", owner);
        Assert.That(ranges.Take(owner), Is.EqualTo("10.7.0.0/16"));
        Directory.Delete(owner);
        Assert.That(ranges.Take(_home.Folder("next")), Is.EqualTo("10.7.0.0/16"));
    }

    [Test]
    public void A_range_from_elsewhere_is_taken_unless_another_deployment_here_has_it()
    {
        AddressRanges ranges = Ranges();
        string attached = _home.Folder("a/abc123xyz");

        Assert.That(ranges.TryTake("10.7.0.0/16", attached, out _) && ranges.TryTake("10.7.0.0/16", attached, out _));
        Assert.That(ranges.TryTake("10.7.0.0/16", _home.Folder("b/abc123xyz"), out _), "the same deployment in another home");
        Assert.That((ranges.TryTake("10.7.0.0/16", _home.Folder("other"), out string owner), owner), Is.EqualTo((false, attached)));
        Assert.That(Enumerable.Range(0, 253).Select(_ => ranges.Take(attached)), Has.None.EqualTo("10.7.0.0/16"));
    }

    [Test]
    public void Takers_at_once_never_share_one()
    {
        string owner = _home.Folder("owner");
        string[] taken = [.. Enumerable.Range(0, 32).AsParallel().WithDegreeOfParallelism(8).Select(_ => Ranges().Take(owner))];

        Assert.That(taken.Distinct().Count(), Is.EqualTo(32));
    }

    // As the kernel writes it: destination in hexadecimal, host byte order.
    private AddressRanges Ranges(int? allRoutedBut = null) => new(
        Path.Combine(_home.Root, "ranges"),
        () => ["Iface\tDestination\tGateway", "eth0\t00000000\t0100A8C0", .. Enumerable.Range(1, 254)
            .Where(second => allRoutedBut is { } free && second != free)
            .Select(second => FormattableString.Invariant($"wg{second}\t0002{second:X2}0A\t00000000"))]);
}
