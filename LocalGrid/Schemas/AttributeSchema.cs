namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>
/// One attribute as the real provider declares it. <see cref="Default"/> is not sent to Terraform: the
/// provider fills it in while planning, as the Go SDK does. The real provider's documentation says what each means:
/// https://registry.terraform.io/providers/threefoldtech/grid/latest/docs
/// </summary>
internal sealed record AttributeSchema(string Name, AttributeType Type, AttributeUse Use)
{
    public object? Default { get; init; }

    public ValueCheck? Check { get; init; }

    public bool Sensitive { get; init; }

    public bool IsComputed => Use.HasFlag(AttributeUse.Computed);
}
