using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>The source of a Terraform or Ansible variable's value.</summary>
internal abstract record ValueSource
{
    /// <summary>A size in the given unit. GB are rounded up, so that nothing becomes too small.</summary>
    protected static long InUnit(long megabytes, SizeUnit unit) =>
        unit == SizeUnit.GB ? Gigabytes.Of(megabytes) : megabytes;
}

/// <summary><c>{value: ...}</c></summary>
internal sealed record LiteralValue(object? Value) : ValueSource;

/// <summary><c>option.NAME</c>, <c>option.NAME/GB</c></summary>
internal sealed record OptionReference(string Option, SizeUnit Unit) : ValueSource
{
    /// <summary>Null if the option has no value.</summary>
    public object? Of(PatternOptions options) =>
        Unit == SizeUnit.GB && options.IntegerOrNull(Option) is { } size
            ? InUnit(size, Unit)
            : options.Values.GetValueOrDefault(Option);
}

/// <summary><c>fact.NAME</c></summary>
internal sealed record FactReference(string Fact) : ValueSource;

/// <summary><c>role.ROLE.NAME</c>, <c>role.ROLE.disk/GB</c></summary>
internal sealed record RoleReference(string Role, string Fact, SizeUnit Unit) : ValueSource
{
    public object? In(object? value) => Unit == SizeUnit.GB && value is long size ? InUnit(size, Unit) : value;
}

/// <summary><c>key.PURPOSE/BYTES</c></summary>
internal sealed record KeyReference(string Purpose, int Bytes) : ValueSource;
