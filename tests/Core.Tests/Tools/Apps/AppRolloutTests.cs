using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Tests.Tools.Apps;

/// <summary>
/// Which hosts the app is installed on, and in which waves: a target is <c>name:last</c>, where nothing behind the
/// colon is "not well since".
/// </summary>
public sealed class AppRolloutTests
{
    private const string Now = "new";

    [TestCase("a:new b:new", false, "at once: | one by one: | unchanged: a b")]
    [TestCase("a:new b", false, "at once: b | one by one: | unchanged: a")]
    [TestCase("a:old b:new c:", false, "at once: a c | one by one: | unchanged: b")]
    [TestCase("a:new b:old c", true, "at once: a b c | one by one: | unchanged:")]
    public void In_parallel_those_that_differ_go_at_once(string targets, bool forced, string expected) =>
        Assert.That(Shown(targets, DeployStrategy.Parallel, forced), Is.EqualTo(expected));

    [TestCase("a:new b:new", false, "at once: | one by one: | unchanged: a b")]
    [TestCase("a b c", false, "at once: a b c | one by one: | unchanged:")]
    [TestCase("a:old b c:old d:new", false, "at once: b | one by one: a c | unchanged: d")]
    [TestCase("a:old b: c:old", false, "at once: | one by one: a b c | unchanged:")]
    [TestCase("a:new b:new c", true, "at once: c | one by one: a b | unchanged:")]
    public void Rolling_those_that_never_had_it_go_first_and_the_others_one_by_one(string targets, bool forced, string expected) =>
        Assert.That(Shown(targets, DeployStrategy.Rolling, forced), Is.EqualTo(expected));

    private static string Shown(string targets, DeployStrategy strategy, bool forced)
    {
        var rollout = AppRollout.Of([.. targets.Split(' ').Select(Target)], strategy, forced);
        return string.Join(
            " | ",
            Part("at once", rollout.AtOnce),
            Part("one by one", rollout.OneByOne),
            Part("unchanged", rollout.Unchanged));
    }

    private static AppTarget Target(string text) =>
        text.Split(':') is [var host, var last] ? new(host, last, Now) : new(text, Last: null, Now);

    private static string Part(string name, IReadOnlyList<AppTarget> targets) =>
        string.Join(' ', targets.Select(target => target.Host).Prepend($"{name}:"));
}
