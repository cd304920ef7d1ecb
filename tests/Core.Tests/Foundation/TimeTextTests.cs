using System.Globalization;
using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Tests.Foundation;

public sealed class TimeTextTests
{
    [Test]
    public void A_time_of_any_zone_is_shown_in_utc() => Assert.That(
        TimeText.Of(DateTimeOffset.Parse("2026-11-30T01:02:03.9+05:30", CultureInfo.InvariantCulture)),
        Is.EqualTo("2026-11-29 19:32:03 UTC"));
}
