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
        new(PhaseId.Infrastructure, true, "config.memory changed") { Changed = ["config.memory"] },
        new(PhaseId.Wait, false, "no machine changes"),
    ])
    {
        MovedValues = [new("WHO", "--env", ".env"), new("GONE", "--env", null)],
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
                new("b", HostAction.Replace, "its disk shrinks") { LosesData = true },
                new("c", HostAction.Remove, "not wanted"),
            ])
        {
            Storage = [new("grid_deployment.data", "disk", "db", HostAction.Replace)],
        },
    };

    [Test]
    public void People_read_machines_then_resources_then_phases() => Assert.That(PlanView.Text(new PlanResult(Record, IsNew: false, Changes)), Is.EqualTo("""
        deployment abc123xyz of hello with gateway on main
          make machine a: first time
          replace machine b (ALL DATA ON IT IS LOST): its disk shrinks
          remove machine c: not wanted
          replace disk db of grid_deployment.data (ALL DATA ON IT IS LOST)
          + grid_deployment.new
          ~ grid_deployment.vm
              vms[0].memory: 512 -> 768
          -/+ grid_deployment.other
          - grid_network.old
          run   infrastructure  config.memory changed
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
              "loses_data": false,
              "reason": "first time"
            },
            {
              "host": "b",
              "action": "replace",
              "loses_data": true,
              "reason": "its disk shrinks"
            },
            {
              "host": "c",
              "action": "remove",
              "loses_data": false,
              "reason": "not wanted"
            }
          ],
          "storage": [
            {
              "resource": "grid_deployment.data",
              "kind": "disk",
              "name": "db",
              "action": "replace",
              "loses_data": true
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
              "reason": "config.memory changed",
              "changed": [
                "config.memory"
              ]
            },
            {
              "phase": "wait",
              "runs": false,
              "reason": "no machine changes",
              "changed": []
            }
          ],
          "moved_values": [
            {
              "name": "WHO",
              "before": "--env",
              "now": ".env"
            },
            {
              "name": "GONE",
              "before": "--env",
              "now": null
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
              "storage": [],
              "resources": [],
              "outputs_change": false,
              "phases": [],
              "moved_values": []
            }

            """));
}
