namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>A kind of untrusted input, with the code of the product that reads it and works from it.</summary>
internal abstract class AttackTarget
{
    public const string Accepted = "accepted";

    public abstract string Name { get; }

    /// <summary>A valid input, spoiled. The same source of chance makes the same input.</summary>
    public abstract AttackInput Make(Random random, int number);

    /// <summary>
    /// Runs the product on the input, as far as it gets without starting a program. Returns the outcome as one word.
    /// Throws <see cref="AttackFailure"/> where a rule is broken, and the product's own exception where it refuses.
    /// </summary>
    /// <param name="input">The spoiled input.</param>
    /// <param name="folder">An empty folder: the only one that may be changed.</param>
    public abstract string Take(AttackInput input, string folder);

    /// <summary>The outcome in a word where this is the product's refusal; null: it crashed.</summary>
    public abstract string? RefusalOf(Exception problem);
}
