using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>What a search found.</summary>
public sealed record LeakReport
{
    /// <summary>The grids that were asked.</summary>
    public IReadOnlyList<string> Grids { get; init; } = [];

    public IReadOnlyList<LeakedContracts> Contracts { get; init; } = [];

    public IReadOnlyList<MachineLeftover> Machine { get; init; } = [];

    /// <summary>What could not be checked.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; init; } = [];

    public bool IsEmpty => Contracts.Count == 0 && Machine.Count == 0;

    /// <summary>
    /// What to clean up: everything that is ours, or only what belongs to the named deployments, ours or not.
    /// Throws if nothing belongs to a name.
    /// </summary>
    public LeakReport Chosen(IReadOnlyCollection<string> ids)
    {
        HashSet<string> listed =
        [
            .. Contracts.Select(leak => leak.DeploymentId),
            .. Machine.Select(left => left.DeploymentId),
        ];
        if (ids.FirstOrDefault(id => !listed.Contains(id)) is { } unknown)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                LeakCodes.NotListed,
                $"No leak belongs to a deployment '{unknown}'.",
                listed.Count > 0
                    ? $"name one of {string.Join(", ", listed.Order(StringComparer.Ordinal).Take(12))}"
                    : "`tfgrid-compose leaks` lists all leaks; `tfgrid-compose down` removes a living deployment");
        }

        return this with
        {
            Contracts = [.. Contracts.Where(leak => IsChosen(leak.DeploymentId, leak.Owner))],
            Machine = [.. Machine.Where(left => IsChosen(left.DeploymentId, left.Owner))],
        };

        bool IsChosen(string id, LeakOwner owner) => ids.Count > 0 ? ids.Contains(id) : owner == LeakOwner.Ours;
    }

    /// <summary>The part of an earlier choice that is still there.</summary>
    public LeakReport StillThere(LeakReport chosen)
    {
        HashSet<(string, long)> contracts =
            [.. chosen.Contracts.SelectMany(leak => leak.Contracts.Select(contract => (leak.Grid, contract.Id)))];
        HashSet<(LeftoverKind, string)> machine = [.. chosen.Machine.Select(left => (left.Kind, left.What))];
        return this with
        {
            Contracts = [.. Contracts
                .Select(leak => leak with
                {
                    Contracts = [.. leak.Contracts.Where(contract => contracts.Contains((leak.Grid, contract.Id)))],
                })
                .Where(leak => leak.Contracts.Count > 0)],
            Machine = [.. Machine.Where(left => machine.Contains((left.Kind, left.What)))],
        };
    }
}
