using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform.States;

/// <summary>Whose state it is: by the recorded lineage, by the deployments' tags, by the recorded contracts.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StateIdentityTests : IDisposable
{
    private const string Id = "abc123xyz";
    private readonly TestHome _home = new();

    private DeploymentFolder Folder => _home.Home.Deployment(Id);

    public void Dispose() => _home.Dispose();

    [TestCase("own", "own", "tfc/abc123xyz", null)]
    [TestCase("own", "own", "", null)]
    [TestCase(null, "any", "tfc/abc123xyz", null)]
    [TestCase(null, "any", "", "none of its contracts is recorded for this deployment")]
    [TestCase("own", "other", "tfc/abc123xyz", "its lineage is other, but this deployment's is own")]
    [TestCase("own", "own", "tfc/other0000", "it holds contracts of the deployment other0000")]
    [TestCase(null, "any", "tfc/other0000", "it holds contracts of the deployment other0000")]
    [TestCase("own", "", "tfc/abc123xyz", null, Description = "a state without a lineage was never written")]
    public void A_state_is_the_deployments_own_or_the_reason_is_named(
        string? recorded, string lineage, string tag, string? expected)
    {
        DeploymentRecord record = Record() with { StateLineage = recorded };
        string text = State(lineage, tag);

        Assert.That(StateIdentity.ForeignBecause(record, recorded, StateText.Parse(text)), Is.EqualTo(expected));
        var identity = new StateIdentity(record, Folder);
        Assert.That(identity.IsForeign(text), Is.EqualTo(expected is not null));
        Assert.That(identity.IsPlainlyOwn(text), Is.EqualTo(recorded == lineage && expected is null), "without parsing");
        Folder.Create();
        File.WriteAllText(LocalState.PathIn(Folder), text);
        if (expected is null)
        {
            Assert.That(identity.Require, Throws.Nothing);
        }
        else
        {
            DiagnosticException refused = Assert.Throws<DiagnosticException>(() => identity.Require())!;
            Assert.That(
                (refused.ExitCode, refused.Diagnostics.Single().Code),
                Is.EqualTo((ExitCode.Conflict, StateCodes.ForeignState)));
            Assert.That(
                refused.Message, Does.Contain($"state in {Folder.Terraform}/terraform.tfstate is not that of hello ({Id}): {expected}"));
            Assert.That(
                refused.Diagnostics[0].Remedy,
                Does.Contain($"state restore N {Id}").And.Contain($"move {LocalState.PathIn(Folder)} away"));
        }
    }

    [Test]
    public void The_contracts_decide_only_while_a_deployment_runs_and_has_no_lineage()
    {
        var state = StateText.Parse(State("any", ""));

        Assert.That(StateIdentity.ForeignBecause(Record() with { Status = DeploymentStatus.Failed }, null, state), Is.Null);
        Assert.That(
            StateIdentity.ForeignBecause(Record() with { Contracts = [Contract(7)] }, null, state), Is.Null, "one is recorded");
        Assert.That(StateIdentity.ForeignBecause(Record() with { Contracts = [] }, null, state), Is.Null, "an older record");
    }

    [TestCase("", true)]
    [TestCase("{\"version\": 4, \"resour", false)]
    public void What_cannot_be_judged_is_not_called_foreign(string text, bool isLost)
    {
        Folder.Create();
        File.WriteAllText(LocalState.PathIn(Folder), text);
        var identity = new StateIdentity(Record() with { StateLineage = "own" }, Folder);

        Assert.That(identity.Require, Throws.Nothing);
        Assert.That(identity.IsLost, Is.EqualTo(isLost));
    }

    [Test]
    public void A_state_is_lost_where_machines_are_known_and_nothing_else_has_it()
    {
        Folder.Create();

        Assert.That(new StateIdentity(Record() with { Contracts = [] }, Folder).IsLost, Is.False, "nothing was made");
        Assert.That(new StateIdentity(Record(), Folder).IsLost, Is.True);
        File.WriteAllText(LocalState.ErroredIn(Folder), State("own", ""));
        Assert.That(new StateIdentity(Record(), Folder).IsLost, Is.False, "Terraform could not store it");
        File.Delete(LocalState.ErroredIn(Folder));
        File.WriteAllText(Folder.TerraformBackend, "{}");
        Assert.That(new StateIdentity(Record(), Folder).IsLost, Is.False, "it is in a backend");
    }

    private static DeploymentRecord Record() =>
        TestHome.Record(Id) with { Status = DeploymentStatus.Running, Contracts = [Contract(1)] };

    private static RecordedContract Contract(long id) => new(id, 8, "deployment", "grid_deployment.vm");

    private static string State(string lineage, string tag) => $$$"""
        {"version": 4, "serial": 3, "lineage": "{{{lineage}}}", "outputs": {}, "resources": [{"mode": "managed", "type": "grid_deployment",
         "name": "vm", "instances": [{"attributes": {"id": "7", "node": 8, "solution_type": "{{{tag}}}"}}]}]}
        """;
}
