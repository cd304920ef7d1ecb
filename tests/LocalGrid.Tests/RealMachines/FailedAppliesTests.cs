using System.Text.Json;
using NUnit.Framework;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>What a failed apply and a dead node leave in a real Terraform's state. Alone, because dead nodes stop other tests.</summary>
[Category("Exclusive")]
public sealed class FailedAppliesTests
{
    private const string Configuration = """
        resource "grid_network" "net" {
          name     = "PREFIXnet"
          nodes    = [5, 7]
          ip_range = "RANGE"
        }
        resource "grid_deployment" "back" {
          node         = 5
          network_name = grid_network.net.name
          vms {
            name   = "back"
            flist  = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            memory = MEMORY
          }
        }
        """;

    private static string With(int memory) => Configuration.Replace("MEMORY", $"{memory}", StringComparison.Ordinal);

    [Test]
    public void Failures_and_a_dead_node_leave_the_state_that_the_original_leaves()
    {
        using var lab = new TerraformLab(With(512));
        try
        {
            A_create_that_is_not_reverted_is_tainted_and_made_again(lab);
            An_update_that_fails_keeps_its_plan_until_the_next_refresh(lab);
            A_dead_node_stops_everything_but_the_chain(lab);
        }
        finally
        {
            lab.Run(TerraformLab.Executable, ["fault", "clear", "--node", "5"]);
            lab.Run(TerraformLab.Executable, ["fault", "clear", "--node", "7"]);
        }

        lab.Terraform("destroy", "-auto-approve");
        Assert.That(Contracts(lab), Is.Empty);
    }

    private static void A_create_that_is_not_reverted_is_tainted_and_made_again(TerraformLab lab)
    {
        Fault(lab, "refuse", "--node", "7", "--times", "1");
        Fault(lab, "no-revert", "--node", "7", "--times", "1");

        (int exitCode, string output) = lab.TryTerraform("apply", "-auto-approve");

        Assert.That(exitCode, Is.Not.Zero, output);
        JsonElement left = Instance(lab, "grid_network");
        Assert.That(left.GetProperty("status").GetString(), Is.EqualTo("tainted"));
        Assert.That(
            left.GetProperty("attributes").GetProperty("node_deployment_id").EnumerateObject().Single().Value.GetInt64(),
            Is.EqualTo(Contracts(lab).Single()));

        lab.Apply();
        Assert.That(Contracts(lab), Has.Count.EqualTo(3), "nothing is there twice");
    }

    private static void An_update_that_fails_keeps_its_plan_until_the_next_refresh(TerraformLab lab)
    {
        lab.Configure(With(768));
        Assert.That(lab.TryTerraform("apply", "-auto-approve").ExitCode, Is.Not.Zero, "a node changes no machine");

        Assert.That(MemoryInState(lab), Is.EqualTo(768));
        Assert.That(lab.TryTerraform("plan", "-detailed-exitcode", "-refresh=false").ExitCode, Is.Zero, "the state has what was planned");
        Assert.That(lab.TryTerraform("plan", "-detailed-exitcode").ExitCode, Is.EqualTo(2), "the refresh reads what is there");

        lab.Configure(With(512));
        lab.Apply();
        Assert.That(MemoryInState(lab), Is.EqualTo(512));
    }

    private static void A_dead_node_stops_everything_but_the_chain(TerraformLab lab)
    {
        Fault(lab, "refuse", "--node", "5");
        long machine = Instance(lab, "grid_deployment").GetProperty("attributes").GetProperty("id").GetString() is { } id
            ? long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)
            : 0;

        foreach (string[] command in new string[][] { ["plan"], ["destroy", "-auto-approve", "-refresh=false"] })
        {
            (int exitCode, string output) = lab.TryTerraform(command);
            Assert.That(exitCode, Is.Not.Zero, command[0]);
            Assert.That(output, Does.Contain("failed to get node features '5'"), command[0]);
        }

        Assert.That(Contracts(lab), Has.Count.EqualTo(3));
        lab.Run(TerraformLab.Executable, ["cancel", "--contracts", $"{machine}"]);
        Assert.That(Contracts(lab), Has.Count.EqualTo(2).And.Not.Contains(machine));
    }

    private static void Fault(TerraformLab lab, params string[] what) =>
        lab.Run(TerraformLab.Executable, ["fault", "add", .. what]);

    private static long MemoryInState(TerraformLab lab) => Instance(lab, "grid_deployment")
        .GetProperty("attributes").GetProperty("vms")[0].GetProperty("memory").GetInt64();

    private static JsonElement Instance(TerraformLab lab, string type) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(lab.WorkingDirectory, "terraform.tfstate"))).RootElement
            .GetProperty("resources").EnumerateArray()
            .Single(resource => resource.GetProperty("type").GetString() == type)
            .GetProperty("instances")[0];

    private static IReadOnlyList<long> Contracts(TerraformLab lab)
    {
        string listed = lab.Run(TerraformLab.Executable, ["query", "/contracts?state=Created&size=1000"]);
        JsonElement answer = JsonDocument.Parse(listed).RootElement;
        return
        [
            .. answer.GetProperty("body").EnumerateArray()
                .Where(contract => contract.GetProperty("details").GetProperty("deployment_data").GetString()!.Contains(lab.Prefix))
                .Select(contract => contract.GetProperty("contract_id").GetInt64()),
            .. lab.Vms().Values.Select(vm => vm.GetProperty("contract").GetInt64()),
        ];
    }
}
