using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tests.Tools.Terraform.Plans;

/// <summary>What the grid would refuse at apply is refused in the plan.</summary>
public sealed class RefusedWorkloadsTests
{
    private static readonly string Longest = new('a', 36);
    private static readonly string Longer = new('a', 37);

    [Test]
    public void Usual_workloads_pass() => Assert.That(
        Problems("grid_deployment.vm", $$"""
            {"name":"{{Longest}}","disks":[{"name":"data","size":1}],
             "vms":[{"name":"vm","cpu":4,"memory":2048,"rootfs_size":2048,"publicip":true},{"name":"small","cpu":1,"memory":512,"rootfs_size":0}]}
            """),
        Is.Empty);

    [Test]
    public void A_name_has_36_characters_at_most()
    {
        Assert.That(Problems("grid_network.net", $$"""{"name":"{{Longer}}"}""").Single(), Is.EqualTo(
            $"The grid would refuse grid_network.net: its name '{Longer}' has 37 characters."));
        Assert.That(Problems("module.a.grid_deployment.vm", $$"""{"name":"{{Longer}}"}""").Single(), Does.Contain("its name"));
        Assert.That(Problems("grid_deployment.vm", Vms($$"""{"name":"{{Longer}}"}""")).Single(), Does.Contain("the machine 'aaa"));
        Assert.That(
            Problems("grid_deployment.vm", $$"""{"disks":[{"name":"{{Longer}}","size":1}]}""").Single(), Does.Contain("the disk 'aaa"));
        Assert.That(
            Problems("grid_deployment.vm", Vms($$"""{"name":"{{Longest[1..]}}","publicip":true}""")).Single(),
            Does.Contain("the public address of 'aaa").And.Contain("has 37 characters"));
    }

    [Test]
    public void A_name_is_for_machines_disks_and_public_addresses_together()
    {
        Assert.That(
            Problems("grid_deployment.vm", """{"disks":[{"name":"data","size":1}],"vms":[{"name":"data"}]}""").Single(),
            Is.EqualTo("The grid would refuse grid_deployment.vm: the disk 'data' and the machine 'data' have one name, 'data'."));
        Assert.That(
            Problems("grid_deployment.vm", Vms("""{"name":"web","publicip6":true},{"name":"webip"}""")).Single(),
            Does.Contain("the public address of 'web' and the machine 'webip' have one name, 'webip'"));
    }

    [TestCase(1, 8191, 1024, true)]
    [TestCase(1, 8192, 1024, false)]
    [TestCase(4, 2048, 2047, false)]
    public void A_root_file_system_has_a_least_size(int cpu, int memory, int root, bool passes)
    {
        IReadOnlyList<string> problems = Problems(
            "grid_deployment.vm", Vms($$"""{"name":"vm","cpu":{{cpu}},"memory":{{memory}},"rootfs_size":{{root}}}"""));

        Assert.That(problems, passes ? Is.Empty : Is.EqualTo([
            $"The grid would refuse grid_deployment.vm: the machine 'vm' with {cpu} CPUs and {memory} MB of memory has a root file "
                + $"system of {root} MB."]));
    }

    [Test]
    public void What_is_deleted_or_unknown_or_of_another_kind_is_no_concern()
    {
        Assert.That(Problems("grid_deployment.vm", "null", "delete"), Is.Empty);
        Assert.That(Problems("grid_deployment.vm", """{"vms":[{"cpu":1}],"disks":[{"size":1},{"size":2}]}"""), Is.Empty);
        Assert.That(Problems("local_file.x", $$"""{"name":"{{Longer}}"}"""), Is.Empty);
    }

    private static string Vms(string vms) => $$"""{"name":"d","vms":[{{vms}}]}""";

    private static IReadOnlyList<string> Problems(string address, string after, string action = "create") =>
        [.. RefusedWorkloads.Of(TerraformPlanReader.Read($$$"""
            {"resource_changes":[{"address":"{{{address}}}","type":"{{{address.Split('.')[^2]}}}","mode":"managed","change":{"actions":["{{{action}}}"],"before":null,"after":{{{after}}}}}]}
            """)).Select(problem => Code(problem).Message)];

    private static Diagnostic Code(Diagnostic problem)
    {
        Assert.That(problem.Code, Is.EqualTo("TFC0418"));
        return problem;
    }
}
