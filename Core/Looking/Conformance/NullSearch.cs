using System.Collections;
using System.Reflection;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// Searches the answers of a pattern for nulls where the contract forbids them. A pattern compiled without nullable
/// checks may put one into any list or member; a check that meets it later could not tell it from a bug of ours.
/// </summary>
internal class NullSearch : DispatchProxy
{
    private static readonly Assembly Contract = typeof(IPattern).Assembly;
    private IPattern? _pattern;

    /// <summary>The same pattern. An answer with a forbidden null is a <see cref="NullAnswerException"/>.</summary>
    public static IPattern Around(IPattern pattern)
    {
        IPattern proxy = Create<IPattern, NullSearch>();
        ((NullSearch)(object)proxy)._pattern = pattern;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        object? answer = targetMethod.Invoke(_pattern, BindingFlags.DoNotWrapExceptions, null, args, null);
        NullabilityInfo type = new NullabilityInfoContext().Create(targetMethod.ReturnParameter);
        string name = targetMethod.IsSpecialName ? targetMethod.Name["get_".Length..] : targetMethod.Name;
        return Find(answer, type, name) is { } place ? throw new NullAnswerException(place) : answer;
    }

    // Maps are left out: a Terraform variable may be null.
    private static string? Find(object? value, NullabilityInfo type, string place) => value switch
    {
        null => type.ReadState == NullabilityState.NotNull ? place : null,
        string or IDictionary => null,
        IEnumerable items when (type.ElementType ?? Argument(type)) is { } element =>
            items.Cast<object?>().Select((item, i) => Find(item, element, $"{place}[{i}]")).FirstOrDefault(found => found is not null),
        _ when value.GetType().Assembly == Contract => value.GetType().GetProperties()
            .Where(property => property.CanWrite)
            .Select(property => Find(
                property.GetValue(value), new NullabilityInfoContext().Create(property), $"{place}.{property.Name}"))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static NullabilityInfo? Argument(NullabilityInfo type) =>
        type.GenericTypeArguments is [{ } argument] ? argument : null;
}
