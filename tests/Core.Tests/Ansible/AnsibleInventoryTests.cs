using TfgridCompose.Core.Ansible;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Tests.State;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Ansible;

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

        string ini = AnsibleInventory.Ini(record, new DeploymentFolder("/home/an n/abc"), new Inventory { Groups = [new InventoryGroup { Name = "all_web", Hosts = ["web"] }] });

        string[] lines = ini.Split('\n');
        Assert.That(lines[0], Does.StartWith("web ansible_host=10.42.1.2 ansible_user=root ansible_python_interpreter=/usr/bin/python3 ansible_ssh_common_args='-F /dev/null -o BatchMode=yes"));
        Assert.That(lines[0], Does.Contain(@"'\''UserKnownHostsFile=/home/an n/abc/known_hosts'\''"), "a blank in the home folder survives both quotings");
        Assert.That(lines[1..], Is.EqualTo(["", "[all_web]", "web", ""]));
    }
}
