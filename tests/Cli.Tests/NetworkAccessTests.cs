namespace TfgridCompose.Cli.Tests;

/// <summary>
/// A network whose nodes change in place may get another access configuration, which the provider has not planned: Terraform then
/// writes the outputs as they were, and only the next plan shows the new ones.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NetworkAccessTests : IDisposable
{
    private const string Nothing = """{"resource_changes":[],"output_changes":{} }""";
    private const string Outputs =
        """{"resource_changes":[],"output_changes":{"wg_config":{"actions":["update"],"before":"old","after":"new"} } }""";

    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase("grid_network", Outputs, 2)]
    [TestCase("grid_network", Nothing, 1)]
    [TestCase("grid_deployment", Outputs, 1)]
    public async Task The_new_access_is_in_the_outputs_before_the_tunnel_is_made(string type, string after, int applies)
    {
        Assert.That((await _lab.RunAsync("up", _lab.App, "--grid", "local")).ExitCode, Is.Zero);
        int before = Applies;
        _lab.Write("fakes/plan-changes", "");
        _lab.Write("fakes/plan.json", $$"""
            {"resource_changes":[
              {"address":"grid_deployment.vm","mode":"managed","type":"grid_deployment","name":"vm","change":{"actions":["no-op"],
                "before":{"vms":[{"name":"vm","computedip":"{{_lab.Address}}/32"}]},"after":{"vms":[{"name":"vm"}]},"after_unknown":{} } },
              {"address":"{{type}}.x","mode":"managed","type":"{{type}}","name":"x",
              "change":{"actions":["update"],"before":{"description":"a"},"after":{"description":"b"},"after_unknown":{} } } ],
             "output_changes":{} }
            """);
        _lab.Write("fakes/plan-after-apply.json", after);

        CliResult up = await _lab.RunAsync("up", _lab.App, "--fresh", "--allow-data-loss");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(Applies - before, Is.EqualTo(applies));
    }

    private int Applies => _lab.Calls.Count(call => call.StartsWith("terraform apply", StringComparison.Ordinal));
}
