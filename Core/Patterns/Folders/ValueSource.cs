using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Patterns.Folders;

/// <summary>Where a Terraform or Ansible variable gets its value.</summary>
internal abstract record ValueSource
{
    /// <summary>A size as Terraform wants it: GB are rounded up, so that nothing is too small.</summary>
    protected static long InUnit(long megabytes, SizeUnit unit) => unit == SizeUnit.GB ? SizeUnits.ToGb(megabytes) : megabytes;
}

/// <summary><c>{value: ...}</c></summary>
internal sealed record LiteralValue(object? Value) : ValueSource;

/// <summary><c>option.NAME</c>, <c>option.NAME/GB</c></summary>
internal sealed record OptionReference(string Option, SizeUnit Unit) : ValueSource
{
    /// <summary>Null: the option has no value.</summary>
    public object? Of(PatternOptions options) =>
        Unit == SizeUnit.GB && options.IntegerOrNull(Option) is { } size ? InUnit(size, Unit) : options.Values.GetValueOrDefault(Option);
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
