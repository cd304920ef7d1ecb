using Google.Protobuf;
using TfgridCompose.LocalGrid.Protocol.Wire;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>
/// What the Go SDK leaves of an update that failed: the planned values are the state, and the next refresh reads the real ones
/// (terraform-provider-grid, wiki/internals.md). The values before the update wait for it beside the state, as the provider's own data.
/// </summary>
internal static class FailedUpdate
{
    private static readonly ByteString Mark = ByteString.CopyFromUtf8("before a failed update:");

    public static ByteString Remember(DynamicValue prior) => ByteString.CopyFrom([.. Mark.Span, .. prior.Msgpack.Span]);

    /// <summary>The values before the update, or null where the last one did not fail.</summary>
    public static DynamicValue? Before(ByteString kept) => kept.Length > Mark.Length && kept.Span.StartsWith(Mark.Span)
        ? new DynamicValue { Msgpack = ByteString.CopyFrom(kept.Span[Mark.Length..]) }
        : null;

    /// <summary>What was to be computed keeps its former value; what is new has none.</summary>
    public static TerraformObject Settle(TerraformObject planned, TerraformObject? prior) => new(planned.Select(item =>
        KeyValuePair.Create(item.Key, Settled(item.Value, prior?.GetValueOrDefault(item.Key)))));

    private static object? Settled(object? value, object? before) => value switch
    {
        UnknownValue => before is UnknownValue ? null : before,
        TerraformObject map => Settle(map, before as TerraformObject),
        List<object?> list => list.Select(item => Settled(item, null)).ToList(),
        _ => value,
    };
}
