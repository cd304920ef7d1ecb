using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>The hosts to install the app on now, and in which order.</summary>
public sealed record AppRollout
{
    /// <summary>The first hosts, in parallel.</summary>
    public IReadOnlyList<AppTarget> AtOnce { get; init; } = [];

    /// <summary>Then these, one after the other.</summary>
    public IReadOnlyList<AppTarget> OneByOne { get; init; } = [];

    /// <summary>Hosts that already have this version of the app.</summary>
    public IReadOnlyList<AppTarget> Unchanged { get; init; } = [];

    public IReadOnlyList<AppTarget> Chosen => [.. AtOnce, .. OneByOne];

    /// <summary>A host that never had the app serves nobody yet, so it need not wait for its turn.</summary>
    public static AppRollout Of(IReadOnlyList<AppTarget> targets, DeployStrategy strategy, bool forced)
    {
        ILookup<bool, AppTarget> byNeed = targets.ToLookup(target => forced || target.Last != target.Now);
        ILookup<bool, AppTarget> byTurn =
            byNeed[true].ToLookup(target => strategy == DeployStrategy.Rolling && target.Last is not null);
        return new AppRollout
        {
            AtOnce = [.. byTurn[false]],
            OneByOne = [.. byTurn[true]],
            Unchanged = [.. byNeed[false]],
        };
    }
}
