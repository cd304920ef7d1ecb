namespace TfgridCompose.LocalGrid.Values;

/// <summary>
/// A value known only after apply. Terraform may refine it (extension 12); the bytes are kept so that a configured
/// unknown is echoed as it came.
/// </summary>
internal sealed record UnknownValue(sbyte Code, byte[] Body)
{
    public static readonly UnknownValue Plain = new(0, [0]);

    public bool Equals(UnknownValue? other) =>
        other is not null && Code == other.Code && Body.AsSpan().SequenceEqual(other.Body);

    public override int GetHashCode() => Code;
}
