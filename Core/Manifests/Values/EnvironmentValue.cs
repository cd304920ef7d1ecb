namespace TfgridCompose.Core.Manifests.Values;

/// <summary>A variable with its value. All values are kept as secrets: an undeclared one may be.</summary>
/// <param name="Name">A shell variable's name.</param>
/// <param name="Value">The value.</param>
/// <param name="IsSecret">Masked everywhere.</param>
/// <param name="Origin">Where it came from, for people: <c>--env</c>, <c>.env</c>, <c>default</c>.</param>
public sealed record EnvironmentValue(string Name, SecretText Value, bool IsSecret, string Origin = "")
{
    public EnvironmentValue(string name, string value)
        : this(name, new SecretText(value), IsSecret: false)
    {
    }

    /// <summary>The value for people.</summary>
    public string Shown => IsSecret ? SecretText.Redacted : Value.Reveal();

    public override string ToString() => $"{Name}={Shown}";
}
