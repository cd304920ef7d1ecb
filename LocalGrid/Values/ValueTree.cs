namespace TfgridCompose.LocalGrid.Values;

internal static class ValueTree
{
    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (TerraformObject a, TerraformObject b) =>
            a.Count == b.Count && a.All(item => b.TryGetValue(item.Key, out object? other) && Same(item.Value, other)),
        _ => left.Equals(right),
    };

    public static object? Copy(object? value) => value switch
    {
        List<object?> list => list.Select(Copy).ToList(),
        TerraformObject map => new TerraformObject(map.Select(item => KeyValuePair.Create(item.Key, Copy(item.Value)))),
        _ => value,
    };
}
