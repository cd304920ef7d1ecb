using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>What outlives its deployment is found, told apart by whose it is, and cleaned.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LeaksTests
{
    [Test]
    public async Task What_a_deleted_state_leaves_is_ours_by_the_index_else_foreign_and_a_running_neighbour_is_never_touched()
    {
        await using Lab lab = await Lab.CreateAsync();
        await using Lab other = await Lab.CreateAsync();
        SampleApp mine = lab.App("mine", "network: {provision: [wireguard]}");
        SampleApp theirs = other.App("theirs", "network: {provision: [wireguard]}");
        Deployment[] deployments = await Task.WhenAll(lab.UpAsync(mine), other.UpAsync(theirs));
        (Deployment own, Deployment neighbour) = (deployments[0], deployments[1]);
        (Footprint ownPrint, Footprint neighbourPrint) = (Footprint.Of(lab, mine), Footprint.Of(other, theirs));
        string address = neighbour.PrimaryIp;
        Assert.That(Of(await LeaksAsync(lab, 0), own.Id), Is.Empty, "nothing of a living deployment leaks");

        Directory.Delete(own.Folder, recursive: true);

        string[] found = Of(await LeaksAsync(lab, 10, "--detailed-exitcode"), own.Id);
        Assert.That(
            found,
            Has.Some.EqualTo("ours contracts").And.Some.EqualTo("ours tunnel").And.Some.EqualTo("ours range")
                .And.Some.EqualTo("ours entry"));
        Assert.That(
            Of(await LeaksAsync(lab, 0), neighbour.Id),
            Is.EqualTo(["foreign contracts"]),
            "its interface is in use, so it is not left over");

        ProgramResult cleaned = (await lab.RunAsync("leaks", "--clean", "--yes", "--grid", "local")).MustEndWith(0);

        Assert.That(cleaned.Errors, Does.Contain("cleaned and verified").And.Not.Contain(neighbour.Id));
        await ownPrint.MustBeGoneAsync();
        Assert.That(Of(await LeaksAsync(lab, 0), own.Id), Is.Empty);
        Assert.That(await Web.PageAsync(address), Is.EqualTo(theirs.Page));

        // Now no record and no index knows the neighbour.
        Directory.Delete(neighbour.Folder, recursive: true);
        await File.WriteAllTextAsync(Path.Combine(other.ComposeHome, "index.yaml"), "");
        File.Delete(theirs.Link);
        Assert.That(Of(await LeaksAsync(other, 0), neighbour.Id), Is.SupersetOf(new[] { "foreign contracts", "foreign tunnel" }));
        Assert.That((await other.RunAsync("leaks", "--clean", "--yes")).Errors, Does.Not.Contain("foreign contracts"));
        Assert.That(await Web.PageAsync(address), Is.EqualTo(theirs.Page), "without its id, it is not touched");

        (await other.RunAsync("leaks", "--clean", neighbour.Id, "--yes")).MustEndWith(0);
        await neighbourPrint.MustBeGoneAsync();
    }

    [Test]
    public async Task An_up_that_was_killed_and_lost_its_record_is_cleaned_through_terraforms_state()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("wreck");
        using (RunningProgram up = lab.Start("up", app.Folder, "--grid", "local"))
        {
            await up.SaysAsync("grid_deployment.vm: Creating");
            up.Signal("KILL");
            await up.EndAsync();
        }

        var deployment = Deployment.Of(app);
        await Eventually.HoldsAsync(
            () => HasMachine(deployment) ? null : "the state names no machine",
            "the Terraform that lives on comes to its end",
            TimeSpan.FromMinutes(5));
        File.Delete(deployment.In("deployment.json"));

        Assert.That(Of(await LeaksAsync(lab, 0), deployment.Id), Has.Some.EqualTo("ours contracts").And.Some.EqualTo("ours folder"));
        ProgramResult cleaned = (await lab.RunAsync("leaks", "--clean", deployment.Id, "--yes")).MustEndWith(0);

        Assert.That(cleaned.Errors, Does.Contain("destroying what Terraform's state in"));
        Assert.That(lab.Deployments, Is.Empty);
        Assert.That(Of(await LeaksAsync(lab, 0), deployment.Id), Is.Empty);
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Is.Empty);
        Assert.That(await File.ReadAllTextAsync("/var/lib/tfgrid-localgrid/world.json"), Does.Not.Contain($"tfc/{deployment.Id}\""));
        Assert.That(File.Exists(Path.Combine(lab.ComposeHome, "ended", $"{deployment.Id}.json")));
    }

    [Test]
    public async Task An_apply_that_fails_half_way_keeps_its_contracts_in_the_record_and_down_leaves_a_tombstone()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("halfway");
        app.Node = 5;
        app.WriteManifest();
        await GridFault.AddAsync(lab, "half-way", node: 5);

        (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(4);

        var deployment = Deployment.Of(app);
        using var record = JsonDocument.Parse(deployment.Read("deployment.json"));
        JsonElement contract = record.RootElement.GetProperty("contracts").EnumerateArray().First();
        Assert.That((contract.GetProperty("kind").GetString(), contract.GetProperty("node_id").GetInt32()), Is.EqualTo(("network", 5)));
        Assert.That(Of(await LeaksAsync(lab, 0), deployment.Id), Is.Empty, "a failed deployment with a record is known");

        (await lab.RunAsync("down", deployment.Id, "--yes")).MustEndWith(0);

        using var tombstone =
            JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(lab.ComposeHome, "ended", $"{deployment.Id}.json")));
        Assert.That(
            tombstone.RootElement.GetProperty("contracts").EnumerateArray().Select(id => id.GetInt64()),
            Does.Contain(contract.GetProperty("id").GetInt64()));
        Assert.That(Of(await LeaksAsync(lab, 0), deployment.Id), Is.Empty);
    }

    private static bool HasMachine(Deployment deployment) =>
        File.Exists(deployment.In("terraform/terraform.tfstate"))
            && deployment.Read("terraform/terraform.tfstate").Contains("\"grid_deployment\"", StringComparison.Ordinal);

    private static async Task<JsonElement> LeaksAsync(Lab lab, int exitCode, params string[] more)
    {
        using var report = JsonDocument.Parse(
            (await lab.RunAsync(["leaks", "--grid", "local", "--output", "json", .. more])).MustEndWith(exitCode).Output);
        return report.RootElement.Clone();
    }

    // Others use the local grid too: only what belongs to this deployment counts.
    private static string[] Of(JsonElement report, string id) =>
    [
        .. report.GetProperty("contracts").EnumerateArray().Where(leak => Text(leak, "deployment_id") == id).Select(
            leak => $"{Text(leak, "owner")} contracts"),
        .. report.GetProperty("machine").EnumerateArray().Where(left => Text(left, "deployment_id") == id).Select(
            left => $"{Text(left, "owner")} {Text(left, "kind")}"),
    ];

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";
}
