namespace TfgridCompose.Core.Manifests.Values;

/// <summary>
/// A variable with its value. All values are treated as secrets, because an undeclared one may be secret.
/// </summary>
/// <param name="Name">A shell variable's name.</param>
/// <param name="Value">The value.</param>
/// <param name="IsSecret">Whether it is masked everywhere.</param>
/// <param name="Origin">Where it came from, to display: <c>--env</c>, <c>.env</c>, <c>default</c>.</param>
public sealed record EnvironmentValue(string Name, SecretText Value, bool IsSecret, string Origin = "")
{
    public EnvironmentValue(string name, string value)
        : this(name, new SecretText(value), IsSecret: false)
    {
    }

    /// <summary>The value to display.</summary>
    public string Shown => IsSecret ? SecretText.Redacted : Value.Reveal();

    public override string ToString() => $"{Name}={Shown}";
}
