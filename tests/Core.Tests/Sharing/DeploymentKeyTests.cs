using TfgridCompose.Core.Sharing.Places;

namespace TfgridCompose.Core.Tests.Sharing;

public sealed class DeploymentKeyTests
{
    [Test]
    public void Two_deployments_never_share_a_place()
    {
        DeploymentKey[] keys =
        [
            new("a", "b-c"),
            new("a-b", "c"),
            new("a_b", "c"),
            new("a", "b/c"),
            new("a/b", "c"),
            new("a", "b c"),
            new("a", "B-C"),
        ];

        Assert.That(keys.Select(key => key.Folder), Is.Unique);
        Assert.That(keys.Select(key => key.Word), Is.Unique);
        Assert.That(keys.Select(key => key.Schema("")), Is.Unique);
        Assert.That(keys.Select(key => key.SecretSuffix), Is.Unique);
    }

    [Test]
    public void Long_names_fit_PostgreSQL_and_Kubernetes()
    {
        var key = new DeploymentKey(new string('a', 40), new string('b', 40));
        var other = new DeploymentKey(new string('a', 40), new string('b', 39) + "c");

        Assert.That(key.Schema(".record"), Has.Length.LessThanOrEqualTo(63).And.Not.EqualTo(other.Schema(".record")));
        Assert.That(key.SecretSuffix, Has.Length.LessThanOrEqualTo(40).And.Match("^[a-z0-9-]+$").And.Not.EqualTo(other.SecretSuffix));
    }
}
