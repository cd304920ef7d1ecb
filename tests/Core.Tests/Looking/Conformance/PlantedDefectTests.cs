using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Tests.Plugins.Loading;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

/// <summary>Each planted defect fails its check, and no other.</summary>
public sealed class PlantedDefectTests
{
    [Test]
    public async Task A_sound_pattern_passes_all_that_needs_no_machine()
    {
        ConformanceLab.RequireProduct();
        using var lab = new ConformanceLab("");

        ConformanceReport report = await lab.RunAsync("apply");

        Assert.That(report.Failed(), Is.Empty, string.Join('\n', report.Results.Select(result => result.Detail)));
        Assert.That(
            report.Passed(),
            Is.EqualTo(new[] { "metadata", "options", "topology", "variables", "terraform", "playbook", "inventory" }));
        Assert.That(report.Passes(requireAll: true), "what is left out on purpose is no failure");
    }

    [TestCase("duplicate-option", "the option 'cpu' is declared twice")]
    [TestCase("undocumented-option", "the option 'cpu' has no description")]
    [TestCase("default-out-of-range", "the default '64' of the option 'cpu' breaks its own rules: 'cpu' is 64, which is out of range")]
    [TestCase("default-not-allowed", "the default 'huge' of the option 'size' breaks its own rules")]
    [TestCase("duplicate-source", "the source 'config.cpu' is declared twice")]
    [TestCase("option-without-source", "the option 'size' has no source")]
    [TestCase("undescribed-role", "the role 'box' has no description")]
    [TestCase("command-on-unknown-role", "the command 'uptime' runs on the role 'boss', which is not declared")]
    public async Task A_defect_of_the_declaration_is_found(string defect, string detail)
    {
        using ConformanceLab lab = new ConformanceLab(defect).Described();

        Assert.That((await lab.RunAsync([.. ConformanceLab.ByTools, "topology"])).OnlyFailure("options").Detail, Does.Contain(detail));
    }

    [TestCase("illegal-host-name", "topology", "the machine's name 'web.1' is not made of letters, digits and underscores")]
    [TestCase("duplicate-host-name", "topology", "2 machines are named 'box'")]
    [TestCase("undeclared-role", "topology", "the machine 'box' has the role 'boss', which is not declared")]
    [TestCase("too-many-cpus", "topology", "the machine 'box' has 64 CPUs")]
    [TestCase("no-machine", "topology", "it asks for no machine")]
    [TestCase("changing-topology", "topology", "the same request gave another topology the second time")]
    [TestCase("refused-sample", "topology", "the pattern refuses the sample: nothing is right")]
    [TestCase("null-hosts", "topology", "the pattern returned null where the contract forbids it: Topology.Hosts")]
    [TestCase("undeclared-variable", "variables", "it gives a value for 'colour', which no .tf file declares")]
    [TestCase("missing-variable", "variables", "the Terraform variable 'node_id' has no default and gets no value")]
    [TestCase("changing-variables", "variables", "the same request gave other values the second time")]
    [TestCase("unwritable-variable", "variables", "a value cannot be written as JSON")]
    public async Task A_defect_of_an_answer_is_found(string defect, string check, string detail)
    {
        using var lab = new ConformanceLab(defect);

        Assert.That((await lab.RunAsync(ConformanceLab.ByTools)).OnlyFailure(check).Detail, Does.Contain(detail));
    }

    [TestCase("second-provider", "the files use the provider hashicorp/random")]
    [TestCase("provider-in-a-module", "the files use the provider hashicorp/tls")]
    [TestCase("mnemonic-variable", "the variable 'Mnemonic' looks like one for the mnemonic")]
    [TestCase("missing-output", "the output 'node_ids' is not declared")]
    [TestCase("unknown-reference", "main.tf")]
    [TestCase("unknown-argument", "main.tf:")]
    [TestCase("terraform-syntax", "main.tf")]
    public async Task A_defect_of_the_Terraform_files_is_found(string defect, string detail)
    {
        ConformanceLab.RequireProduct();
        using var lab = new ConformanceLab(defect);

        Assert.That(
            (await lab.RunAsync("variables", "playbook", "inventory", "apply")).OnlyFailure("terraform").Detail,
            Does.Contain(detail));
    }

    [TestCase("playbook-syntax", "playbook", "site.yml")]
    [TestCase("unknown-role", "playbook", "the role 'absent' was not found")]
    [TestCase("host-without-group", "inventory", "the machine 'other' is in no group of the inventory")]
    [TestCase("unknown-host", "inventory", "the inventory names 'ghost', which is not a machine of the deployment")]
    public async Task A_defect_of_the_Ansible_files_is_found(string defect, string check, string detail)
    {
        using var lab = new ConformanceLab(defect);

        Assert.That((await lab.RunAsync("terraform", "apply")).OnlyFailure(check).Detail, Does.Contain(detail));
    }

    [Test]
    public async Task A_missing_description_is_found()
    {
        using var lab = new ConformanceLab("");
        PluginFolders.Describe(lab.Pattern, "description", "");

        Assert.That((await lab.RunAsync(ConformanceLab.ByTools)).OnlyFailure("metadata").Detail, Does.Contain("it has no description"));
    }

    [Test]
    public async Task A_descriptor_of_another_build_is_found()
    {
        using var lab = new ConformanceLab("undocumented-option");

        Assert.That(
            (await lab.RunAsync([.. ConformanceLab.ByTools, "options"])).OnlyFailure("metadata").Detail,
            Does.Contain("its descriptor declares other options"));
    }

    [Test]
    public async Task A_readme_that_does_not_name_an_option_is_found()
    {
        using var lab = new ConformanceLab("");
        File.WriteAllText(Path.Combine(lab.Pattern, "README.md"), "# defective\n\nThe size is an option. `cpu`: processors.\n");

        Assert.That(
            (await lab.RunAsync(ConformanceLab.ByTools)).OnlyFailure("options").Detail,
            Is.EqualTo("README.md does not name the option `size`"));
    }

    [Test]
    public async Task A_missing_readme_is_found()
    {
        using var lab = new ConformanceLab("");
        File.Delete(Path.Combine(lab.Pattern, "README.md"));

        Assert.That((await lab.RunAsync(ConformanceLab.ByTools)).OnlyFailure("options").Detail, Is.EqualTo("it has no README.md"));
    }

    [Test]
    public async Task A_pattern_that_cannot_be_loaded_fails_once_and_nothing_else_runs()
    {
        using var lab = new ConformanceLab("");
        PluginFolders.ReplaceAssembly(lab.Pattern, "no assembly"u8.ToArray(), rehash: true);

        ConformanceReport report = await lab.RunAsync();

        Assert.That(report.OnlyFailure("metadata").Detail, Does.StartWith(PatternCodes.NotAnAssembly));
        Assert.That(report.Count(CheckStatus.NotRun), Is.EqualTo(ConformanceChecks.All.Count - 1));
        Assert.That(report.Passes(requireAll: false), Is.False);
    }
}
