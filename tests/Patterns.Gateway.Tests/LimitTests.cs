using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway.Tests;

public sealed class LimitTests
{
    // Four labels and their dots: 63 + 1 + 63 + 1 + 63 + 1 leave 61 for the last one of 253 characters.
    private static readonly string Label = new('a', 63);

    [TestCase(61, true, TestName = "A_domain_of_253_characters_is_one")]
    [TestCase(62, false, TestName = "A_domain_of_254_characters_is_none")]
    public void The_longest_domain(int lastLabel, bool isDomain) =>
        Assert.That(
            SettingsProblems.IsDomain($"{Label}.{Label}.{Label}.{new string('a', lastLabel)}"), Is.EqualTo(isDomain));

    [TestCase(63, true)]
    [TestCase(64, false)]
    public void The_longest_label(int length, bool isDomain) =>
        Assert.That(SettingsProblems.IsDomain($"{new string('a', length)}.org"), Is.EqualTo(isDomain));

    [Test]
    public void The_longest_drain_leaves_two_of_a_rollout_steps_ten_minutes()
    {
        PatternOption drain = GatewayOptions.All.Single(option => option.Name == GatewayOptions.DrainTimeout);

        Assert.That((drain.Min, drain.Max), Is.EqualTo(((long?)0, (long?)480)));
    }

    [Test]
    public void Machine_sizes_have_the_grid_providers_limits() => Assert.That(
        GatewayOptions.All.Where(
            option => option.Name.StartsWith("backend_", StringComparison.Ordinal)
                && option.Max is not null).Select(option => (option.Name, option.Min, option.Max)),
        Is.EqualTo(new (string, long?, long?)[]
        {
            ("backend_count", 1, 100),
            ("backend_cpu", 1, 32),
            ("backend_memory", 256, 262144),
            ("backend_disk", 1024, 10485760),
            ("backend_nodes", 1, int.MaxValue),
        }));
}
