using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tests.Looking.Drift;

/// <summary>The recorded contracts held against the grid's.</summary>
public sealed class GridDriftTests
{
    [TestCase("1 2", "1 2", "AsRecorded: 2 live, as recorded")]
    [TestCase("1 2", "2", "Differs: contract 1 (grid_deployment.vm) is gone from the grid")]
    [TestCase("1", "1 2", "Differs: contract 2 (vm on node 3, Created) is not in Terraform's state; `tfgrid-compose leaks` tells more")]
    [TestCase("1", "1!", "Differs: contract 1 (vm on node 3, GracePeriod): the wallet is empty; fill it before the contract is deleted")]
    public void Contracts_are_compared(string recorded, string live, string expected)
    {
        IReadOnlyList<DriftFinding> findings = GridDrift.Compare(
            [.. recorded.Split(' ').Select(id => new RecordedContract(long.Parse(id), 3, "deployment", "grid_deployment.vm"))],
            [
                .. live.Split(' ').Select(id => new GridContract(
                    long.Parse(id.TrimEnd('!')),
                    1,
                    id.EndsWith('!') ? GridContract.Grace : GridContract.Created,
                    "node",
                    3,
                    "vm",
                    "tfc/abc")),
            ]);

        Assert.That(findings.Select(finding => $"{finding.State}: {finding.Text}"), Is.EqualTo([expected]));
    }
}
