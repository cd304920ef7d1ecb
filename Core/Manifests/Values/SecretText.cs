namespace TfgridCompose.Core.Manifests.Values;

/// <summary>A string that is never printed by accident.</summary>
public sealed class SecretText(string value) : IEquatable<SecretText>
{
    public const string Redacted = "***";

    /// <summary>The string itself, for the one place that passes it on.</summary>
    public string Reveal() => value;

    public override string ToString() => Redacted;

    public bool Equals(SecretText? other) => other is not null && other.Reveal() == value;

    public override bool Equals(object? obj) => Equals(obj as SecretText);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);
}
