namespace TfgridCompose.Patterns.Sdk;

/// <summary>A manifest key that a pattern understands. Core reads, converts, checks and documents it.</summary>
public sealed record PatternOption
{
    /// <summary>The name by which the pattern reads it from <see cref="PatternOptions"/>.</summary>
    public required string Name { get; init; }

    /// <summary>What the value is.</summary>
    public OptionType Type { get; init; } = OptionType.Text;

    /// <summary>Where it stands in the manifest; the first path that is present wins.</summary>
    public required IReadOnlyList<OptionSource> Sources { get; init; }

    /// <summary>One sentence, with the effect rather than the name.</summary>
    public string Description { get; init; } = "";

    /// <summary>The value where the manifest has none, written as in a manifest; null: the option is absent then.</summary>
    public string? Default { get; init; }

    /// <summary>Least allowed value; MB for sizes.</summary>
    public long? Min { get; init; }

    /// <summary>Greatest allowed value; MB for sizes.</summary>
    public long? Max { get; init; }

    /// <summary>The allowed texts; empty: any.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>
    /// The keys of each item of an <see cref="OptionType.ObjectList"/>; their <see cref="Sources"/> are relative to the item (<c>port</c>). A field is no
    /// list of objects itself.
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

    /// <summary>A list of whole numbers; a single number is read as a list of one.</summary>
    IntegerList,

    /// <summary>A list of maps whose keys <see cref="PatternOption.Fields"/> declares. Since contract 1.1.</summary>
    ObjectList,
}

/// <summary>A place in the manifest.</summary>
/// <param name="Path">Keys joined by dots: <c>config.memory</c>.</param>
/// <param name="Unit">What a bare number means there; used for <see cref="OptionType.Size"/> only.</param>
public sealed record OptionSource(string Path, SizeUnit Unit = SizeUnit.MB);

/// <summary>The unit of a bare number. A suffix in the manifest (<c>8G</c>, <c>512MB</c>) overrules it.</summary>
public enum SizeUnit
{
    /// <summary>Megabytes (1024 * 1024 bytes), as the grid counts memory.</summary>
    MB,

    /// <summary>Gigabytes (1024 MB), as the grid counts disks.</summary>
    GB,
}
