using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Sharing;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Looking.Drift;

/// <summary>What could not be asked is never "as recorded".</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UnseenGridTests : IDisposable
{
    private static readonly RecordedOutputs Outputs = new()
    {
        PrimaryIp = "10.42.1.2",
        PrimaryIpType = "wireguard",
        DeploymentName = "hello",
        NodeIds = [2],
    };
    private readonly Machine _machine = new("laptop");

    public void Dispose() => _machine.Dispose();

    [Test]
    public async Task A_grid_that_does_not_answer_is_unknown()
    {
        DeploymentRecord record = _machine.Create() with { Grid = "local", Outputs = Outputs };
        await File.WriteAllTextAsync(
            LocalState.PathIn(_machine.Home.Deployment(record.Id)),
            """{"version":4,"lineage":"l","resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{}]}]}""");
        var runner = new RecordingRunner(_ => RecordingRunner.Result(1, error: "no such grid"));

        IReadOnlyList<DriftFinding> findings = await new GridDrift(_machine.Here with { Runner = runner })
            .OfAsync(record, isWorkedOn: false, CancellationToken.None);

        Assert.That(findings.Select(finding => (finding.Subject, finding.State)), Is.EqualTo(
            [("infrastructure", DriftState.Unknown), ("contracts", DriftState.Unknown)]));
        Assert.That(findings[1].Text, Does.Contain("no such grid"));
    }
}
