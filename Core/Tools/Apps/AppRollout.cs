using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>Which hosts the app is installed on now, and in which waves.</summary>
public sealed record AppRollout
{
    /// <summary>These first, side by side.</summary>
    public IReadOnlyList<AppTarget> AtOnce { get; init; } = [];

    /// <summary>Then these, each when the one before it is done.</summary>
    public IReadOnlyList<AppTarget> OneByOne { get; init; } = [];

    /// <summary>These have the app as it is.</summary>
    public IReadOnlyList<AppTarget> Unchanged { get; init; } = [];

    public IReadOnlyList<AppTarget> Chosen => [.. AtOnce, .. OneByOne];

    /// <summary>A host that never had the app serves nobody: it need not wait for its turn.</summary>
    public static AppRollout Of(IReadOnlyList<AppTarget> targets, DeployStrategy strategy, bool forced)
    {
        ILookup<bool, AppTarget> byNeed = targets.ToLookup(target => forced || target.Last != target.Now);
        ILookup<bool, AppTarget> byTurn = byNeed[true].ToLookup(target => strategy == DeployStrategy.Rolling && target.Last is not null);
        return new AppRollout { AtOnce = [.. byTurn[false]], OneByOne = [.. byTurn[true]], Unchanged = [.. byNeed[false]] };
    }
}
