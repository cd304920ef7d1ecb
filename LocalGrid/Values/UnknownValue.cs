namespace TfgridCompose.LocalGrid.Values;

/// <summary>
/// A value known only after apply. Terraform may refine it (extension 12). The bytes are kept, so that a configured unknown
/// value is sent back unchanged.
/// </summary>
internal sealed record UnknownValue(sbyte Code, byte[] Body)
{
    public static readonly UnknownValue Plain = new(0, [0]);

    public bool Equals(UnknownValue? other) =>
        other is not null && Code == other.Code && Body.AsSpan().SequenceEqual(other.Body);

    public override int GetHashCode() => Code;
}
