using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>A YAML node with its location. Aliases share the node of their anchor.</summary>
public abstract class LocatedNode(SourceLocation location)
{
    public SourceLocation Location { get; } = location;

    /// <summary>The number of nodes, this one and aliases included.</summary>
    public abstract long Size { get; }

    /// <summary>A description for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A string, number, boolean or null.</summary>
public sealed class LocatedScalar(string text, bool isPlain, SourceLocation location) : LocatedNode(location)
{
    public string Text { get; } = text;

    /// <summary>Written without quotes.</summary>
    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");

    public override long Size => 1;

    public override string Kind => IsNull ? "nothing" : $"'{Excerpt.Of(Text)}'";
}

/// <summary>A list.</summary>
public sealed class LocatedList(IReadOnlyList<LocatedNode> items, SourceLocation location) : LocatedNode(location)
{
    public IReadOnlyList<LocatedNode> Items { get; } = items;

    public override long Size { get; } = 1 + items.Sum(item => item.Size);

    public override string Kind => "a list";
}

/// <summary>A map; its entries keep their order in the file.</summary>
public sealed class LocatedMap : LocatedNode
{
    private readonly Dictionary<string, LocatedEntry> _byKey;

    public LocatedMap(IReadOnlyList<LocatedEntry> entries, SourceLocation location)
        : base(location)
    {
        Entries = entries;
        Size = 1 + entries.Sum(entry => 1 + entry.Value.Size);
        _byKey = entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
    }

    public IReadOnlyList<LocatedEntry> Entries { get; }

    public override long Size { get; }

    public override string Kind => "a map";

    /// <summary>The entry of a key, or null if the key is absent or has no value.</summary>
    public LocatedEntry? Entry(string key) =>
        _byKey.TryGetValue(key, out LocatedEntry? entry) && entry.Value is not LocatedScalar { IsNull: true }
            ? entry
            : null;
}

/// <summary>A key of a map and its value.</summary>
public sealed record LocatedEntry(string Key, SourceLocation KeyLocation, LocatedNode Value);
