using System.Text;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>How often an input is spoiled with its grammar in mind, and how often without.</summary>
internal static class Spoiling
{
    public static AttackInput Json(Random random, string seed) =>
        Of(random, seed, "values", new JsonMutations(random).Spoiled);

    public static AttackInput Lines(Random random, string seed, string separators, IReadOnlyList<string> known) =>
        Of(random, seed, "lines", new LineMutations(random, separators, known).Spoiled);

    private static AttackInput Of(Random random, string seed, string kind, Func<string, string> spoil) => random.Next(20) switch
    {
        0 => new AttackInput("unchanged", Encoding.UTF8.GetBytes(seed)),
        1 => new AttackInput("bytes", new ByteMutations(random).Spoiled(Encoding.UTF8.GetBytes(seed))),
        2 => new AttackInput("both", new ByteMutations(random).Spoiled(Encoding.UTF8.GetBytes(spoil(seed)))),
        _ => new AttackInput(kind, Encoding.UTF8.GetBytes(spoil(seed))),
    };
}
