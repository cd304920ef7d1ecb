using Google.Protobuf;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using NestingMode = TfgridCompose.LocalGrid.Protocol.Wire.Schema.Types.NestedBlock.Types.NestingMode;

namespace TfgridCompose.LocalGrid.Protocol.Wire;

/// <summary>Translates between the protocol's messages and ours.</summary>
internal static class WireFormat
{
    public static DynamicValue Nothing => ToWire((object?)null);

    public static DynamicValue ToWire(object? value) => new() { Msgpack = ByteString.CopyFrom(MessagePackWriter.Encode(value)) };

    public static TerraformObject? ToObject(DynamicValue? value) => value switch
    {
        { Msgpack.Length: > 0 } => MessagePackReader.Decode(value.Msgpack.Span) as TerraformObject,
        { Json.Length: > 0 } => TerraformJson.Parse(value.Json.Memory) as TerraformObject,
        _ => null,
    };

    public static Diagnostic ToWire(GridDiagnostic diagnostic) => new()
    {
        Severity = diagnostic.IsWarning ? Diagnostic.Types.Severity.Warning : Diagnostic.Types.Severity.Error,
        Summary = diagnostic.Summary,
        Detail = diagnostic.Detail,
        Attribute = diagnostic.Path.Length == 0 ? null : ToPath(diagnostic.Path),
    };

    public static AttributePath ToPath(params object[] steps)
    {
        var path = new AttributePath();
        path.Steps.AddRange(steps.Select(step => step is int index
            ? new AttributePath.Types.Step { ElementKeyInt = index }
            : new AttributePath.Types.Step { AttributeName = step.ToString() }));
        return path;
    }

    public static Schema ToWire(BlockSchema block) => new() { Block = ToBlock(block) };

    private static Schema.Types.Block ToBlock(BlockSchema source)
    {
        var block = new Schema.Types.Block();
        block.Attributes.AddRange(source.Attributes.Select(ToAttribute));
        block.BlockTypes.AddRange(source.Blocks.Select(ToNested));
        return block;
    }

    private static Schema.Types.Attribute ToAttribute(AttributeSchema source) => new()
    {
        Name = source.Name,
        Type = ByteString.CopyFromUtf8(source.Type.Json),
        Required = source.Use.HasFlag(AttributeUse.Required),
        Optional = source.Use.HasFlag(AttributeUse.Optional),
        Computed = source.Use.HasFlag(AttributeUse.Computed),
        Sensitive = source.Sensitive,
    };

    private static Schema.Types.NestedBlock ToNested(NestedBlockSchema source) => new()
    {
        TypeName = source.Name,
        Block = ToBlock(source.Block),
        Nesting = source.Single ? NestingMode.Single : NestingMode.List,
        MinItems = source.Min,
        MaxItems = source.Max,
    };
}
