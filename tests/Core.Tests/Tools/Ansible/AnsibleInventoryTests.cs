using NLog;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Ansible;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Tools.Ansible;

public sealed class AnsibleInventoryTests
{
    [Test]
    public void Each_reachable_host_has_a_line_and_each_group_its_hosts()
    {
        DeploymentRecord record = TestHome.Record() with
        {
            Hosts =
            [
                new RecordedHost { Name = "web", Role = "w", SshAddress = "10.42.1.2" },
                new RecordedHost { Name = "lost", Role = "w" },
            ],
        };

        string ini = AnsibleInventory.Ini(
            record,
            new DeploymentFolder("/home/an n/abc"),
            new Inventory { Groups = [new InventoryGroup { Name = "all_web", Hosts = ["web"] }] });

        string[] lines = ini.Split('\n');
        Assert.That(
            lines[0],
            Does.StartWith("web ansible_host=10.42.1.2 ansible_user=root ansible_python_interpreter=/usr/bin/python3 "
                + "ansible_ssh_common_args='-F /dev/null -o BatchMode=yes"));
        Assert.That(
            lines[0],
            Does.Contain(@"'\''UserKnownHostsFile=""/home/an n/abc/known_hosts""'\''"),
            "a blank in the home folder survives both quotings");
        Assert.That(lines[1..], Is.EqualTo(["", "[all_web]", "web", ""]));
    }

    [Test]
    public void What_looks_like_a_template_is_marked_as_data()
    {
        string json = AnsibleInventory.Variables(new Dictionary<string, object?>
        {
            ["plain"] = "a { b }",
            ["list"] = new[] { "{{ lookup('pipe', 'id') }}" },
            ["map"] = new Dictionary<string, object?> { ["deep"] = "{% if x %}", ["number"] = 3 },
        });

        Assert.That(json.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), Is.EqualTo(
            """{"plain":"a{b}","list":[{"__ansible_unsafe":"{{lookup('pipe','id')}}"}],"map":{"deep":{"__ansible_unsafe":"{%ifx%}"},"number":3}}"""));
    }

    [Test]
    public async Task Ansible_hands_it_on_as_it_is()
    {
        using var home = new TestHome();
        string folder = home.Root;
        string hostile = "{{ lookup('pipe', 'touch " + folder + "/proof') }}";
        await File.WriteAllTextAsync(
            Path.Combine(folder, "variables.json"),
            AnsibleInventory.Variables(new Dictionary<string, object?> { ["hostile"] = hostile }));
        await File.WriteAllTextAsync(Path.Combine(folder, "site.yml"), """
            - hosts: localhost
              connection: local
              gather_facts: false
              tasks:
                - ansible.builtin.copy: {content: "{{ hostile }}", dest: "{{ playbook_dir }}/written"}
            """);

        ToolResult played = await new ToolRunner(
            LogManager.CreateNullLogger(),
            new SecretMask(),
            ToolInterrupt.None,
            ProcessEnvironment.Read()).RunAsync(
            new ToolCommand(
                "ansible-playbook",
                ["-i", "localhost,", "--extra-vars", $"@{folder}/variables.json", $"{folder}/site.yml"]), CancellationToken.None);

        Assert.That(played.Succeeded, played.Output);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "written")), Is.EqualTo(hostile));
        Assert.That(File.Exists(Path.Combine(folder, "proof")), Is.False);
    }
}
