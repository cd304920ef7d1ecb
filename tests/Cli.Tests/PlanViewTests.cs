using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Cli.Tests;

public sealed class PlanViewTests
{
    private static readonly DeploymentRecord Record = new()
    {
        Id = "abc123xyz",
        Name = "blue",
        AppName = "hello",
        AppPath = "/apps/hello",
        PatternName = "gateway",
        Grid = "main",
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        IpRange = "10.42.0.0/16",
        Seed = new string('0', 64),
    };

    private static readonly DeploymentPlan Changes = new([
        new(PhaseId.Infrastructure, true, "its inputs changed"),
        new(PhaseId.Wait, false, "no machine changes"),
    ])
    {
        Infrastructure = new(
            new TerraformPlan(
                [
                    new("grid_deployment.new", ResourceChange.Create),
                    new("grid_deployment.vm", ResourceChange.Update) { Attributes = [new("vms[0].memory", "512", "768")] },
                    new("grid_deployment.other", ResourceChange.Replace),
                    new("grid_network.old", ResourceChange.Delete),
                ],
                OutputsChange: true,
                Gone: []),
            [
                new("a", HostAction.Create, "first time"),
                new("b", HostAction.Replace, "its disk shrinks"),
                new("c", HostAction.Remove, "not wanted"),
            ]),
    };

    [Test]
    public void People_read_machines_then_resources_then_phases() => Assert.That(PlanView.Text(new PlanResult(Record, IsNew: false, Changes)), Is.EqualTo("""
        deployment abc123xyz of hello with gateway on main
          make machine a: first time
          replace machine b: its disk shrinks
          remove machine c: not wanted
          + grid_deployment.new
          ~ grid_deployment.vm
              vms[0].memory: 512 -> 768
          -/+ grid_deployment.other
          - grid_network.old
          run   infrastructure  its inputs changed
          skip  wait            no machine changes

        """));

    [Test]
    public void Where_nothing_runs_that_is_said() => Assert.That(
        PlanView.Text(new PlanResult(Record, IsNew: true, new DeploymentPlan([new(PhaseId.Wait, false, "done")]))),
        Is.EqualTo("a new deployment of hello with gateway on main\n  skip  wait  done\nnothing to do\n"));

    [Test]
    public void Scripts_get_everything() => Assert.That(PlanView.Json(new PlanResult(Record, IsNew: false, Changes)), Is.EqualTo("""
        {
          "id": "abc123xyz",
          "name": "blue",
          "app": "hello",
          "pattern": "gateway",
          "grid": "main",
          "nothing_to_do": false,
          "machines": [
            {
              "host": "a",
              "action": "create",
              "reason": "first time"
            },
            {
              "host": "b",
              "action": "replace",
              "reason": "its disk shrinks"
            },
            {
              "host": "c",
              "action": "remove",
              "reason": "not wanted"
            }
          ],
          "resources": [
            {
              "address": "grid_deployment.new",
              "action": "create",
              "attributes": []
            },
            {
              "address": "grid_deployment.vm",
              "action": "update",
              "attributes": [
                {
                  "path": "vms[0].memory",
                  "before": "512",
                  "after": "768"
                }
              ]
            },
            {
              "address": "grid_deployment.other",
              "action": "replace",
              "attributes": []
            },
            {
              "address": "grid_network.old",
              "action": "delete",
              "attributes": []
            }
          ],
          "outputs_change": true,
          "phases": [
            {
              "phase": "infrastructure",
              "runs": true,
              "reason": "its inputs changed"
            },
            {
              "phase": "wait",
              "runs": false,
              "reason": "no machine changes"
            }
          ]
        }

        """));

    [Test]
    public void A_new_deployment_has_no_id_yet_and_no_changes_are_empty_lists() => Assert.That(
        PlanView.Json(new PlanResult(Record, IsNew: true, new DeploymentPlan([]))), Is.EqualTo("""
            {
              "id": null,
              "name": "blue",
              "app": "hello",
              "pattern": "gateway",
              "grid": "main",
              "nothing_to_do": true,
              "machines": [],
              "resources": [],
              "outputs_change": false,
              "phases": []
            }

            """));
}
