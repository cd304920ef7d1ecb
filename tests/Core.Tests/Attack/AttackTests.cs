using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>
/// Spoiled inputs of every kind, in a seeded order: each is refused with a diagnostic, or what comes of it obeys the rules. A tenth of
/// what bench/attack.sh gives.
/// </summary>
[Category("Slow")]
[NonParallelizable]
public sealed class AttackTests
{
    private const int LeastOfEach = 30;

    [TestCase("records")]
    [TestCase("envelopes")]
    [TestCase("outputs")]
    [TestCase("wireguard")]
    [TestCase("manifests")]
    [TestCase("environment")]
    [TestCase("states")]
    public void Untrusted_words_are_refused_or_obey_the_rules(string name)
    {
        AttackCounts counts = AttackSettings.Run(TargetOf(name));
        if (AttackSettings.IsWhole)
        {
            int accepted = counts.Of(AttackTarget.Accepted);
            Assert.That(accepted, Is.GreaterThan(LeastOfEach), "what is accepted is looked at");
            Assert.That(counts.Total - accepted, Is.GreaterThan(LeastOfEach), "and some is refused");
        }
    }

    private static AttackTarget TargetOf(string name) => name switch
    {
        "records" => new RecordTarget(),
        "envelopes" => new EnvelopeTarget(),
        "outputs" => new OutputsTarget(),
        "wireguard" => new WireguardTarget(),
        "manifests" => new ManifestTarget(),
        "environment" => new EnvironmentTarget(),
        _ => new StateTarget(),
    };
}
