using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.FolderPatterns;

public sealed class FolderDefinitionTests
{
    [Test]
    public void Everything_that_is_wrong_is_told_at_once_with_its_place()
    {
        using var folder = new PatternFolder("""
            name: Small
            contract: one
            roles:
              Bad_Role: {}
              server: {cpu: cores, memory: lots, count: [1]}
            options:
              cpus: {type: integr, default: many, min: x}
              disk: {type: size, sources: [a b, config.disk/GB], default: 1}
            variables:
              node_id: fact.node
              nothing: option.cpus
              key: key.mycelium
            app_targets: [web]
            verification: [{tcp: 70000}, {http: health}, {}]
            commands: {Run: {command: [x]}, go: {}}
            inventory: {groups: {all: [server]}, variables: {a-b: fact.hosts, c: fact.ip_range}}
            outputs: {flist: x}
            """,
            "variable \"node_id\" {}\nvariable \"key\" {}\nvariable \"forgotten\" {}\n");

        Assert.That(folder.Problems(), Is.EqualTo(new[]
        {
            "TFC0803 1:1", "TFC0803 1:7", "TFC0803 2:11", "TFC0840 4:3", "TFC0842 5:17", "TFC0842 5:32", "TFC0212 5:45",
            "TFC0840 7:16", "TFC0840 7:44", "TFC0840 8:32",
            "TFC0843 9:1", "TFC0842 10:12", "TFC0844 11:3", "TFC0842 12:8", "TFC0842 13:15", "TFC0840 14:22",
            "TFC0840 14:37", "TFC0840 14:46", "TFC0840 15:12",
            "TFC0840 15:33", "TFC0840 16:22", "TFC0840 16:50", "TFC0842 16:70", "TFC0846 17:11",
        }));
    }

    [TestCase("", 1, "pattern.yaml has no roles, so there are no machines.",
        "Add the roles of its machines, the primary one first: 'roles: {server: {cpu: 1, memory: 1G}}'.")]
    [TestCase("roles: {}\n", 4, "'roles' is empty, so there are no machines.",
        "Add one: 'roles: {server: {cpu: 1, memory: 1G}}'.")]
    public void A_pattern_without_a_role_is_refused(string roles, int line, string message, string remedy)
    {
        using var folder = new PatternFolder($"name: small\nversion: 1.0.0\ndescription: None.\n{roles}");

        Assert.That(folder.Failure(), Is.EqualTo([Diagnostic.Error(
            FolderPatternCodes.KeyMissing, message, remedy, new SourceLocation(folder.Yaml, line, 1))]));
    }

    [Test]
    public void A_minimal_pattern_is_valid_and_declares_what_it_says()
    {
        using var folder = new PatternFolder();

        PatternDeclaration declaration = folder.Entry.Declaration;

        Assert.That(declaration.Roles.Select(role => role.Name), Is.EqualTo(["server"]));
        Assert.That(declaration.Requires, Is.EqualTo(["terraform", "ansible"]));
        Assert.That(folder.Entry.Warnings, Is.Empty);
        Assert.That(folder.Load().Declaration.Roles, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_command_has_all_that_an_assembly_can_declare()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal + """
            commands:
              show: {role: server, command: [cat, "/etc/my file"], description: Shows it., in_status: true}
              quiet: {role: server, command: [x]}
            """);

        Assert.That(
            folder.Entry.Declaration.Commands.Select(command =>
                $"{command.Name}: {string.Join('|', command.Command)} on {command.Role}, {command.InStatus}, {command.Description}"),
            Is.EqualTo(["show: cat|/etc/my file on server, True, Shows it.", "quiet: x on server, False, "]));
    }

    [Test]
    public void A_command_is_for_status_or_not()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal + "commands:\n  show: {role: server, command: [x], in_status: maybe}\n");

        Assert.That(folder.Problems(), Has.Exactly(1).Contains(" 7:"));
    }

    [Test]
    public void An_option_has_all_that_an_assembly_can_declare()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal + """
            options:
              disk:
                type: size
                sources: [config.disk, resources.vm.disk/GB]
                description: Room.
                default: 10G
                min: 1G
                max: 2T
              mode: {allowed: [fast, safe], default: safe}
              plain:
              packages: {type: texts, default: [git, curl]}
            """);

        IReadOnlyList<PatternOption> options = folder.Entry.Declaration.Options;

        Assert.Multiple(() =>
        {
            Assert.That(
                (options[0].Type, options[0].Description, options[0].Default, options[0].Min, options[0].Max),
                Is.EqualTo((OptionType.Size, "Room.", "10G", 1024, 2 * 1024 * 1024)));
            Assert.That(
                options[0].Sources,
                Is.EqualTo(new[] { new OptionSource("config.disk"), new OptionSource("resources.vm.disk", SizeUnit.GB) }));
            Assert.That(
                (options[1].Type, string.Join(' ', options[1].Allowed), options[1].Sources[0].Path),
                Is.EqualTo((OptionType.Text, "fast safe", "config.mode")));
            Assert.That(
                (options[2].Type, options[2].Default, options[2].Sources[0].Path),
                Is.EqualTo((OptionType.Text, null as string, "config.plain")));
            Assert.That((options[3].Type, options[3].Default), Is.EqualTo((OptionType.TextList, "git, curl")));
        });
    }

    [Test]
    public void An_unknown_key_is_a_warning_with_the_nearest_and_its_place()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal.Replace("{cpu: 1,", "{cpus: 1,", StringComparison.Ordinal)
            + "maintainer: me\nvariabels: {}\n");

        Assert.That(folder.Load(), Is.Not.Null);
        Assert.That(
            folder.Entry.Warnings.Select(warning => $"{warning.Severity} {warning.Location!.Line}:{warning.Location.Column}"),
            Is.EqualTo(["Warning 5:12", "Warning 6:1", "Warning 7:1"]));
        Assert.That(folder.Entry.Warnings[2].Remedy, Does.StartWith("Did you mean 'variables'?"));
        Assert.That(folder.Entry.Warnings[0].Location!.File, Is.EqualTo(folder.Yaml));
    }

    [Test]
    public void A_terraform_variable_that_nothing_sets_is_an_error_with_both_places()
    {
        using var folder = new PatternFolder(
            PatternFolder.Minimal + "variables:\n  node_id: fact.node_id\n",
            "variable \"node_id\" {}\n\nvariable \"colour\" {\n  type = string\n}\n");

        Diagnostic problem = folder.Failure().Single();

        Assert.That(
            (problem.Code, problem.Location!.Line, problem.Location.Column),
            Is.EqualTo((FolderPatternCodes.VariableNotMapped, 6, 1)));
        Assert.That(problem.Message, Does.Contain("'colour'").And.Contain($"{folder.Root}/infrastructure/main.tf:3"));
    }

    [Test]
    public void One_with_a_default_or_the_name_of_an_option_or_fact_needs_no_line()
    {
        using var folder = new PatternFolder(
            PatternFolder.Minimal + "options: {colour: {default: red}}\n",
            "variable \"ip_range\" {}\nvariable \"colour\" {}\nvariable \"size\" { default = 1 }\n");

        Assert.That(folder.Entry.Definition.Variables.Keys, Is.EquivalentTo(["ip_range", "colour"]));
    }

    [Test]
    public void A_variable_that_terraform_does_not_declare_is_an_error_with_the_nearest()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal + "variables:\n  nod_id: fact.node_id\n");

        Diagnostic problem = folder.Failure().Single();

        Assert.That(
            (problem.Code, problem.Location!.Line, problem.Location.Column),
            Is.EqualTo((FolderPatternCodes.VariableNotDeclared, 7, 3)));
        Assert.That(problem.Remedy, Does.StartWith("Did you mean 'node_id'?"));
    }

    [Test]
    public void A_missing_output_of_the_contract_is_an_error_each()
    {
        using var folder = new PatternFolder();
        folder.Write("infrastructure/outputs.tf", "output \"primary_ip\" { value = 1 }\n# output \"node_ids\" {}\n");
        folder.Write("infrastructure/modules/net/outputs.tf", PatternFolder.Outputs);

        Assert.That(
            folder.Failure().Select(problem => $"{problem.Code} {problem.Message.Split("output '")[1].Split('\'')[0]}"),
            Is.EqualTo(["TFC0846 primary_ip_type", "TFC0846 deployment_name", "TFC0846 node_ids"]));
    }

    [Test]
    public void A_missing_main_file_is_seen_in_the_list_and_told_with_the_rest()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal + "app_targets: [nobody]\n");
        File.Delete(Path.Combine(folder.Root, "infrastructure/main.tf"));

        Assert.That(folder.Entry.Problem!.Code, Is.EqualTo(FolderPatternCodes.NoMainFile));
        Assert.That(
            folder.Failure().Select(problem => problem.Code),
            Is.EquivalentTo([FolderPatternCodes.NoMainFile, FolderPatternCodes.ReferenceUnknown]));
    }

    [Test]
    public void Yaml_that_is_none_is_told_with_its_place()
    {
        using var folder = new PatternFolder("name: [x\n");

        Assert.That(folder.Entry.Problem!.Code, Is.EqualTo("TFC0206"));
        Assert.That(folder.Failure().Single().Location!.File, Is.EqualTo(folder.Yaml));
    }

    [TestCase("option.nothing", "The options are cpu, disk.")]
    [TestCase("option.cpu/GB", "Only sizes have a unit")]
    [TestCase("option.disk/KB", "The units are MB")]
    [TestCase("fact.deployment", "Did you mean 'deployment_id'?")]
    [TestCase("role.serve.node_id", "Did you mean 'server'?")]
    [TestCase("role.server.nodes", "The facts of a role are count")]
    [TestCase("key.x", "Write option.NAME")]
    [TestCase("key.x/0", "1 to 1024 bytes")]
    [TestCase("key.a b/8", "any word")]
    [TestCase("cpu", "Write option.NAME")]
    [TestCase("5", "{value: ...}")]
    [TestCase("[option.cpu]", "Write option.NAME")]
    [TestCase("{valu: 5}", "Write option.NAME")]
    public void What_a_variable_cannot_be_set_to_is_an_error_with_the_way_out(string source, string remedy)
    {
        using var folder = new PatternFolder(PatternFolder.Minimal
            + $"options: {{cpu: {{type: integer}}, disk: {{type: size}}}}\nvariables:\n  node_id: {source}\n");

        Diagnostic problem = folder.Failure().Single();

        Assert.That(
            (problem.Code, problem.Location!.Line, problem.Location.Column),
            Is.EqualTo((FolderPatternCodes.ReferenceUnknown, 8, 12)));
        Assert.That(problem.Remedy, Does.Contain(remedy));
    }

    [Test]
    public void A_newer_contract_is_refused_with_both_versions()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal + "contract: 1.99\n");

        Diagnostic problem = folder.Failure().Single();

        Assert.That(problem.Code, Is.EqualTo(PatternCodes.ContractTooNew));
        Assert.That(problem.Message, Does.Contain("1.99").And.Contain($"has {SdkContract.Version}"));
    }
}
