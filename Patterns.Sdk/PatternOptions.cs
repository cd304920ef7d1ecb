namespace TfgridCompose.Patterns.Sdk;

/// <summary>The values of a pattern's options, checked and converted as declared.</summary>
/// <param name="values">By option name: long (Integer, Size in MB), bool, string, or lists of long, string or <see cref="PatternOptions"/>.</param>
public sealed class PatternOptions(IReadOnlyDictionary<string, object> values)
{
    /// <summary>All values by option name.</summary>
    public IReadOnlyDictionary<string, object> Values { get; } = values;

    /// <summary>Whether the manifest or the default gives a value.</summary>
    public bool Has(string name) => Values.ContainsKey(name);

    /// <summary>A whole number, or a size in MB. Throws <see cref="KeyNotFoundException"/> where the option has no value.</summary>
    public long Integer(string name) => Get<long>(name);

    /// <summary>A whole number, or null where the option has no value.</summary>
    public long? IntegerOrNull(string name) => Has(name) ? Get<long>(name) : null;

    /// <summary>true or false; false where the option has no value.</summary>
    public bool Flag(string name) => Has(name) && Get<bool>(name);

    /// <summary>A text. Throws <see cref="KeyNotFoundException"/> where the option has no value.</summary>
    public string Text(string name) => Get<string>(name);

    /// <summary>A list of strings; empty if the option has no value.</summary>
    public IReadOnlyList<string> Texts(string name) => Has(name) ? Get<IReadOnlyList<string>>(name) : [];

    /// <summary>A list of whole numbers; empty where the option has no value.</summary>
    public IReadOnlyList<long> Integers(string name) => Has(name) ? Get<IReadOnlyList<long>>(name) : [];

    /// <summary>The items of a list of maps, each with the values of its declared fields; empty where the option has no value.</summary>
    public IReadOnlyList<PatternOptions> Objects(string name) => Has(name) ? Get<IReadOnlyList<PatternOptions>>(name) : [];

    private T Get<T>(string name)
    {
        if (!Values.TryGetValue(name, out object? value))
        {
            throw new KeyNotFoundException($"The option '{name}' has no value; declare a default or ask Has(\"{name}\") first.");
        }

        return value is T typed
            ? typed
            : throw new InvalidCastException($"The option '{name}' is a {value.GetType().Name}, not a {typeof(T).Name}; see its declared type.");
    }
}
