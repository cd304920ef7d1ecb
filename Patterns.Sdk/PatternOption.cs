namespace TfgridCompose.Patterns.Sdk;

/// <summary>A manifest key of a pattern. Core reads, converts, checks and documents it.</summary>
public sealed record PatternOption
{
    /// <summary>The name with which the pattern reads it from <see cref="PatternOptions"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its value.</summary>
    public OptionType Type { get; init; } = OptionType.Text;

    /// <summary>Its places in the manifest; the first one that is present wins.</summary>
    public required IReadOnlyList<OptionSource> Sources { get; init; }

    /// <summary>One sentence about its effect.</summary>
    public string Description { get; init; } = "";

    /// <summary>The default, written as in a manifest; null if the option has none.</summary>
    public string? Default { get; init; }

    /// <summary>The smallest allowed value, in MB for sizes.</summary>
    public long? Min { get; init; }

    /// <summary>The largest allowed value, in MB for sizes.</summary>
    public long? Max { get; init; }

    /// <summary>The allowed values; empty if every value is allowed.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>
    /// The keys of each item of an <see cref="OptionType.ObjectList"/>. Their <see cref="Sources"/> are relative to the
    /// item (<c>port</c>). A field cannot be a list of objects itself.
    /// </summary>
    public IReadOnlyList<PatternOption> Fields { get; init; } = [];
}

/// <summary>The type of an option's value.</summary>
public enum OptionType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>An amount of memory or disk, converted to MB (1 GB = 1024 MB).</summary>
    Size,

    /// <summary>A list of strings; a comma-separated string is read as one.</summary>
    TextList,

    /// <summary>A list of whole numbers. A single number is read as a list of one.</summary>
    IntegerList,

    /// <summary>A list of maps whose keys <see cref="PatternOption.Fields"/> declares. Since contract 1.1.</summary>
    ObjectList,
}

/// <summary>A place in the manifest.</summary>
/// <param name="Path">Keys joined with dots: <c>config.memory</c>.</param>
/// <param name="Unit">The unit of a number without a suffix; only for <see cref="OptionType.Size"/>.</param>
public sealed record OptionSource(string Path, SizeUnit Unit = SizeUnit.MB);

/// <summary>
/// The unit of a number without a suffix. A suffix in the manifest (<c>8G</c>, <c>512MB</c>) takes precedence.
/// </summary>
public enum SizeUnit
{
    /// <summary>Megabytes (1024 * 1024 bytes), the grid's unit for memory.</summary>
    MB,

    /// <summary>Gigabytes (1024 MB), the grid's unit for disks.</summary>
    GB,
}
