using TfgridCompose.Core.Sharing.Payloads;

namespace TfgridCompose.Core.Tests.Sharing;

public sealed class SharedPayloadTests
{
    private static readonly SharedEnd Moved = End("one", 1, "/elsewhere");
    private static readonly SharedEnd Destroyed = End("one", 2);

    [Test]
    public void Of_a_deployment_that_moved_and_was_destroyed_later_the_later_end_counts()
    {
        var payload = new SharedPayload { Former = [Moved, End("two", 1), Destroyed, End("two", 3)] };

        Assert.That(payload.EndOf("one"), Is.EqualTo(Destroyed));
        Assert.That(payload.EndOf("three"), Is.Null);
    }

    [Test]
    public void The_last_deployment_of_a_place_has_one_end_and_that_is_the_last()
    {
        var payload = new SharedPayload { Former = [Moved, End("two", 1)], Ended = Destroyed };

        Assert.That(payload.Ends(), Is.EqualTo(new[] { End("two", 1), Destroyed }));
        Assert.That(payload.EndOf("one"), Is.EqualTo(Destroyed));
    }

    private static SharedEnd End(string id, int day, string? movedTo = null) =>
        new(id, new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero), "ann on laptop", movedTo);
}
