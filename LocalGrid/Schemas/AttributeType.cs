namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>A cty type, in the JSON form that the protocol sends.</summary>
internal sealed record AttributeType(string Json)
{
    public static readonly AttributeType Text = new("\"string\"");
    public static readonly AttributeType Number = new("\"number\"");
    public static readonly AttributeType Flag = new("\"bool\"");

    public static AttributeType ListOf(AttributeType item) => new($"[\"list\",{item.Json}]");

    public static AttributeType MapOf(AttributeType item) => new($"[\"map\",{item.Json}]");
}
