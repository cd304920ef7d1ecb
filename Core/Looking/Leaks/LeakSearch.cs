using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>
/// Looks for what outlived its deployment: contracts on the grids, interfaces and files on this machine. Changes
/// nothing.
/// </summary>
/// <param name="here">Tools, clock, folders.</param>
/// <param name="home">The deployments that this user knows.</param>
public sealed class LeakSearch(Surroundings here, HomeDeployments home)
{
    /// <param name="grids">The grids to ask; empty for those of the known deployments and the default one.</param>
    /// <param name="defaultGrid">The grid that is asked if no deployment names one; null for the local one.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<LeakReport> RunAsync(
        IReadOnlyList<GridName> grids, GridName? defaultGrid, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>();
        IReadOnlyList<KnownDeployment> known = Known(problems);
        var contracts = new List<LeakedContracts>();
        GridName[] asked = grids.Count > 0 ? [.. grids] : GridsOf(known, defaultGrid);
        foreach (GridName grid in asked)
        {
            contracts.AddRange(await OnGridAsync(grid, known, problems, cancellation));
        }

        (IReadOnlyList<MachineLeftover> left, IReadOnlyList<Diagnostic> unseen) =
            await new MachineSearch(here).FindAsync(known, cancellation);
        return new LeakReport
        {
            Grids = [.. asked.Select(grid => grid.Value)],
            Contracts = contracts,
            Machine = left,
            Problems = [.. problems, .. unseen],
        };
    }

    private IReadOnlyList<KnownDeployment> Known(List<Diagnostic> problems)
    {
        try
        {
            return home.Read();
        }
        catch (DiagnosticException problem)
        {
            problems.AddRange(problem.Diagnostics);
            return [];
        }
    }

    private async Task<IReadOnlyList<LeakedContracts>> OnGridAsync(
        GridName grid, IReadOnlyList<KnownDeployment> known, List<Diagnostic> problems, CancellationToken cancellation)
    {
        try
        {
            var client = new GridClient(GridTransports.Of(grid, here));
            KnownDeployment[] ofGrid = [.. known.Where(deployment => deployment.Grid == grid.Value)];
            HashSet<string> ids = [.. ofGrid.Select(deployment => deployment.Id)];
            int? twin = await new GridTwin(grid, client, here).FindAsync(
                ofGrid.SelectMany(deployment => deployment.Contracts ?? []),
                contract => ids.Any(contract.IsOf),
                cancellation);
            return ContractSorting.Sort(grid, await client.LiveContractsAsync(twin, cancellation), known);
        }
        catch (DiagnosticException problem)
        {
            problems.AddRange(problem.Diagnostics);
            return [];
        }
    }

    private GridName[] GridsOf(IReadOnlyList<KnownDeployment> known, GridName? defaultGrid)
    {
        IEnumerable<string> named = known.Select(deployment => deployment.Grid).OfType<string>();
        IEnumerable<string> more =
            defaultGrid is not null ? [defaultGrid.Value] : HasLocalGrid() ? [GridNames.Local] : [];
        return [.. named.Concat(more).Distinct().Order(StringComparer.Ordinal).Select(GridName.Parse)];
    }

    private bool HasLocalGrid() => OperatingSystem.IsLinux() && ExecutablePath.IsExecutable(here.LocalGridPath);
}
