using System.Diagnostics;
using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.Tests.Manifests;

public sealed class AnsibleNameTests
{
    // Every name that the installed Ansible gives a meaning to.
    private const string Names = """
        import re, inspect
        from ansible import constants
        from ansible.inventory.host import Host
        from ansible.vars import manager, reserved, hostvars
        from ansible.template import Templar
        names = set(reserved.get_reserved_names()) | set(constants.COMMON_CONNECTION_VARS) | set(hostvars.STATIC_VARS)
        names |= {name for group in constants.MAGIC_VARIABLE_MAPPING.values() for name in group} | set(Host('x').get_magic_vars())
        names |= set(re.findall(r"variables\['(\w+)'\]", inspect.getsource(manager)))
        names |= set(re.findall(r"globals\['(\w+)'\]", inspect.getsource(Templar))) - {'dict'}
        print('\n'.join(sorted(names)))
        """;

    [TestCase("ansible_connection")]
    [TestCase("ansible_ssh_common_args")]
    [TestCase("ansible_python_interpreter")]
    [TestCase("_ansible_no_log")]
    [TestCase("__ansible_unsafe")]
    [TestCase("inventory_hostname")]
    [TestCase("hostvars")]
    [TestCase("playbook_dir")]
    [TestCase("environment")]
    [TestCase("class")]
    [TestCase("None")]
    public void A_name_that_Ansible_interprets_is_taken(string name) => Assert.That(AnsibleName.IsTaken(name));

    [TestCase("ANSIBLE_HOST")]
    [TestCase("PORT")]
    [TestCase("app_port")]
    [TestCase("ansible")]
    [TestCase("my_ansible_user")]
    [TestCase("GROUPS")]
    public void Other_names_are_free(string name) => Assert.That(AnsibleName.IsTaken(name), Is.False);

    [Test]
    public void Every_name_that_the_installed_Ansible_knows_is_taken()
    {
        using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Names])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = python.StandardError.ReadToEndAsync();
        string[] names = python.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60)).GetAwaiter().GetResult()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string problem = error.WaitAsync(TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();
        if (problem.Contains("No module named 'ansible'", StringComparison.Ordinal))
        {
            Assert.Ignore("the system's Python has no Ansible");
        }

        Assert.That(names, Has.Length.GreaterThan(80), problem);
        Assert.That(names.Where(name => !AnsibleName.IsTaken(name)), Is.Empty);
    }
}
