using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>Short words, so that the resource tables read like the provider's documentation.</summary>
internal static class SchemaWords
{
    public const AttributeUse Required = AttributeUse.Required;
    public const AttributeUse Optional = AttributeUse.Optional;
    public const AttributeUse Computed = AttributeUse.Computed;
    public const AttributeUse OptionalComputed = AttributeUse.OptionalComputed;

    public static AttributeSchema Text(string name, AttributeUse use, string? fallback = null, ValueCheck? check = null) =>
        new(name, AttributeType.Text, use) { Default = fallback, Check = check };

    public static AttributeSchema Number(string name, AttributeUse use, long? fallback = null, ValueCheck? check = null) =>
        new(name, AttributeType.Number, use) { Default = fallback is { } value ? TerraformNumber.Of(value) : null, Check = check };

    public static AttributeSchema Flag(string name, AttributeUse use, bool? fallback = null) =>
        new(name, AttributeType.Flag, use) { Default = fallback };

    public static AttributeSchema Texts(string name, AttributeUse use, ValueCheck? check = null) =>
        new(name, AttributeType.ListOf(AttributeType.Text), use) { Check = check };

    public static AttributeSchema Numbers(string name, AttributeUse use) =>
        new(name, AttributeType.ListOf(AttributeType.Number), use);

    public static AttributeSchema TextMap(string name, AttributeUse use) =>
        new(name, AttributeType.MapOf(AttributeType.Text), use);

    public static AttributeSchema NumberMap(string name, AttributeUse use) =>
        new(name, AttributeType.MapOf(AttributeType.Number), use);
}
