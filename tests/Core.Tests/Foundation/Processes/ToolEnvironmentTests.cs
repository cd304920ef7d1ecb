using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tools.Terraform;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

/// <summary>What of the user's environment reaches the tools.</summary>
public sealed class ToolEnvironmentTests
{
    private static readonly string[] Steering =
    [
        "TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_DATA_DIR", "TF_WORKSPACE", "TF_REATTACH_PROVIDERS", "TF_VAR_memory", "TF_VAR_mnemonic",
        "TF_VAR_mnemonics", "MNEMONIC", "MNEMONICS",
        "ANSIBLE_REMOTE_PORT", "ANSIBLE_SSH_ARGS", "ANSIBLE_VAULT_PASSWORD_FILE", "ANSIBLE_STRATEGY", "LANG", "LC_ALL",
        "LC_CTYPE", "LANGUAGE", "PYTHONPATH", "PYTHONHOME", "GIT_DIR", "SSH_ASKPASS", "SSH_SK_PROVIDER", "LD_PRELOAD", "BASH_ENV", "ENV",
        "GREETING",
    ];

    [Test]
    public void What_would_steer_a_tool_stays_out_of_it()
    {
        Dictionary<string, string> user = Steering.ToDictionary(name => name, _ => "x");

        foreach (ToolCommand tool in new[]
        {
            new ToolCommand("ansible-playbook", []),
            new TerraformTool("/bin/terraform").Command([], new Dictionary<string, string?>()),
        })
        {
            Assert.That(Given(user, tool).Where(pair => pair.Value == "x"), Is.Empty, tool.Program);
            Assert.That(Given(user, tool)["LC_ALL"], Does.EndWith("UTF-8"));
        }
    }

    [Test]
    public void What_tools_need_reaches_them()
    {
        string[] needed = ["PATH", "HOME", "SSH_AUTH_SOCK", "https_proxy", "XDG_CONFIG_HOME", "TFGRID_LOCALGRID_STATE"];
        Dictionary<string, string> user = needed.ToDictionary(name => name, _ => "x");

        Assert.That(needed.Select(name => Given(user, new ToolCommand("ssh", []))[name]), Has.All.EqualTo("x"));
    }

    [Test]
    public void Credentials_of_state_backends_reach_terraform_alone()
    {
        string[] credentials =
        [
            "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_S3", "TF_HTTP_PASSWORD", "PG_CONN_STR", "CONSUL_HTTP_TOKEN",
            "GOOGLE_APPLICATION_CREDENTIALS", "ARM_SAS_TOKEN", "KUBE_TOKEN", "TF_TOKEN_registry_example", "TF_CLI_CONFIG_FILE",
        ];
        Dictionary<string, string> user = credentials.ToDictionary(name => name, _ => "x");
        ToolCommand terraform = new TerraformTool("/bin/terraform").Command([], new Dictionary<string, string?>());

        Assert.That(credentials.Select(name => Given(user, terraform)[name]), Has.All.EqualTo("x"));
        Assert.That(credentials.Select(name => Given(user, new ToolCommand("ssh", []))[name]), Has.All.Null);
    }

    [Test]
    public void A_program_of_the_users_own_gets_everything_but_the_mnemonic()
    {
        Dictionary<string, string> user = Steering.ToDictionary(name => name, _ => "x");

        IReadOnlyDictionary<string, string?> given = Given(user, new ToolCommand("/hook", []) { InheritsAll = true });

        Assert.That(
            Steering.Where(name => given[name] is null),
            Is.EquivalentTo(["TF_VAR_mnemonic", "TF_VAR_mnemonics", "MNEMONIC", "MNEMONICS"]));
    }

    [Test]
    public void The_tools_own_variables_win()
    {
        var own = new Dictionary<string, string?> { ["ANSIBLE_CONFIG"] = "/own.cfg", ["HOME"] = null };

        IReadOnlyDictionary<string, string?> given = Given(
            new Dictionary<string, string> { ["ANSIBLE_CONFIG"] = "x", ["HOME"] = "x" },
            new ToolCommand("ansible-playbook", []) { Environment = own });

        Assert.That((given["ANSIBLE_CONFIG"], given["HOME"]), Is.EqualTo(("/own.cfg", (string?)null)));
    }

    private static IReadOnlyDictionary<string, string?> Given(IReadOnlyDictionary<string, string> user, ToolCommand tool) =>
        ToolEnvironment.Of(user, tool);
}
