using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.LocalGrid.Tests.Attack;

/// <summary>Spoiled requests to the engine, in a seeded order. A tenth of what bench/attack.sh gives.</summary>
[Category("Slow")]
[NonParallelizable]
public sealed class AttackTests
{
    private const int LeastAccepted = 10;
    private const int LeastRefused = 100;

    [Test]
    public void Requests_to_the_engine_are_refused_or_obey_the_rules()
    {
        AttackCounts counts = AttackSettings.Run(new EngineTarget());
        if (AttackSettings.IsWhole)
        {
            int accepted = counts.Of(AttackTarget.Accepted);
            Assert.That(accepted, Is.GreaterThan(LeastAccepted), "what is accepted is looked at");
            Assert.That(counts.Total - accepted, Is.GreaterThan(LeastRefused), "and some is refused");
        }
    }
}
