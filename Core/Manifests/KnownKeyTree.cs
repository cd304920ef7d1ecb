namespace TfgridCompose.Core.Manifests;

/// <summary>Known key paths as a tree.</summary>
internal sealed class KnownKeyTree
{
    private readonly Dictionary<string, KnownKeyTree> _next = new(StringComparer.Ordinal);

    /// <summary>No keys are known below, so everything there is accepted.</summary>
    public bool IsLeaf => _next.Count == 0 && Item is null;

    public bool TakesAll { get; private set; }

    public KnownKeyTree? Item { get; private set; }

    public IEnumerable<string> Names => _next.Keys.Where(name => name != "*");

    public KnownKeyTree? Next(string key) => _next.GetValueOrDefault(key) ?? _next.GetValueOrDefault("*");

    public void Add(string path)
    {
        KnownKeyTree node = this;
        foreach (string segment in path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.'))
        {
            node = node.Below(segment);
        }
    }

    /// <summary>A known path whose last key is this one, for a key written at the wrong level.</summary>
    public string? PathEndingWith(string key)
    {
        foreach ((string name, KnownKeyTree next) in _next)
        {
            if (name != "*"
                && (name == key
                    ? name
                    : next.PathEndingWith(key) is string rest
                    ? $"{name}.{rest}"
                    : null) is string path)
            {
                return path;
            }
        }

        return null;
    }

    private KnownKeyTree Below(string segment)
    {
        switch (segment)
        {
            case "**":
                TakesAll = true;
                return this;
            case "[]":
                return Item ??= new KnownKeyTree();
            default:
                return _next.TryGetValue(segment, out KnownKeyTree? next) ? next : _next[segment] = new KnownKeyTree();
        }
    }
}
