using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>A number in <c>pattern.yaml</c>, or the option that sets it.</summary>
internal sealed record Amount(long Literal, string? Option = null)
{
    /// <summary>Null if the option has no value.</summary>
    public long? Of(PatternOptions options) => Option is null ? Literal : options.IntegerOrNull(Option);
}
