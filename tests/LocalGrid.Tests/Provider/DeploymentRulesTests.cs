using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Tests.Provider;

/// <summary>What validation finds in a deployment beyond its schema.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentRulesTests
{
    private readonly TerraformObject _vm = Vm("one");
    private readonly TerraformObject _config;

    public DeploymentRulesTests() => _config = new TerraformObject
    {
        ["node"] = TerraformNumber.Of(1),
        ["network_name"] = "net",
        ["vms"] = new List<object?> { _vm },
        ["disks"] = new List<object?> { Disk("data") },
    };

    [Test]
    public void A_deployment_that_the_local_grid_can_make_has_no_problem()
    {
        _vm["mycelium_ip_seed"] = "010203040506";
        _vm["mounts"] = new List<object?> { Mount("data", "/var/lib/data") };
        _vm["planetary"] = false;
        _vm["gpus"] = new List<object?>();

        Assert.That(Problems(), Is.Empty);
    }

    [TestCase("zdbs", "zdbs/0")]
    [TestCase("qsfs", "qsfs/0")]
    public void Parts_of_a_deployment_that_are_not_simulated_say_so(string name, string path)
    {
        _config[name] = new List<object?> { new TerraformObject() };

        Assert.That(Problems(), Is.EqualTo(new[]
        {
            $"Not simulated by the local grid|not simulated by the local grid yet: {name}; deploy on a paid grid with --grid main|{path}",
        }));
    }

    [TestCase("gpus")]
    [TestCase("zlogs")]
    public void Lists_of_a_machine_that_are_not_simulated_say_so(string name)
    {
        _vm[name] = new List<object?> { "x" };

        Assert.That(Problems().Single(), Does.Contain($"yet: {name};").And.EndWith($"|vms/0/{name}"));
    }

    [TestCase("planetary")]
    [TestCase("corex")]
    public void Options_of_a_machine_that_are_not_simulated_say_so(string name)
    {
        _vm[name] = true;

        Assert.That(Problems().Single(), Does.Contain($"yet: {name};").And.EndWith($"|vms/0/{name}"));
    }

    [TestCase(null)]
    [TestCase("")]
    public void Machines_need_a_network(string? network)
    {
        _config["network_name"] = network;
        Assert.That(
            Problems(),
            Is.EqualTo(new[] { "Missing network_name|vms need a network: set network_name = grid_network.NAME.name|network_name" }));

        _config["vms"] = new List<object?>();
        Assert.That(Problems(), Is.Empty);
    }

    [Test]
    public void A_network_and_a_node_that_are_not_known_yet_are_not_checked()
    {
        _config["network_name"] = UnknownValue.Plain;
        _config["node"] = UnknownValue.Plain;

        Assert.That(Problems(), Is.Empty);
    }

    [Test]
    public void A_node_that_is_not_there_is_refused()
    {
        _config["node"] = TerraformNumber.Of(9);

        Assert.That(Problems(), Is.EqualTo(new[] { "Unknown node|the local grid has no node 9: its nodes are 1 to 8|node" }));
    }

    [Test]
    public void A_machine_needs_memory()
    {
        _vm["memory"] = null;

        Assert.That(Problems(), Is.EqualTo(new[] { "Missing memory|a vm needs memory: between 256 and 262144 MB|vms/0" }));
    }

    [TestCase("0102030405")]
    [TestCase("01020304050g")]
    public void A_mycelium_seed_is_six_bytes_in_hex(string seed)
    {
        _vm["mycelium_ip_seed"] = seed;

        Assert.That(
            Problems(),
            Is.EqualTo(new[] { $"Invalid mycelium_ip_seed|must be 6 bytes in hex, got \"{seed}\"|vms/0/mycelium_ip_seed" }));
    }

    [TestCase("/")]
    [TestCase("data")]
    [TestCase("/etc")]
    [TestCase("/a/../b")]
    public void A_disk_is_mounted_in_an_absolute_folder(string path)
    {
        _vm["mounts"] = new List<object?> { Mount("data", "/fine"), Mount("data", path) };

        const string Rule = "must be an absolute directory below /, without \"..\", and not one of the system's own";
        Assert.That(Problems(), Is.EqualTo(new[] { $"Invalid mount_point|{Rule}, got \"{path}\"|vms/0/mounts/1/mount_point" }));
    }

    [Test]
    public void A_mount_names_a_disk_of_the_deployment()
    {
        _vm["mounts"] = new List<object?> { Mount("other", "/data") };
        Assert.That(Problems(), Is.EqualTo(new[] { "Unknown disk|the deployment has no disk \"other\"|vms/0/mounts/0/name" }));

        _config["disks"] = new List<object?> { new TerraformObject { ["name"] = UnknownValue.Plain } };
        Assert.That(Problems(), Is.Empty, "it may be that disk");
    }

    [Test]
    public void What_the_real_provider_refuses_at_apply_alone_passes_here_too()
    {
        _vm["flist"] = "hub/x";
        _config["vms"] = new List<object?> { _vm, Vm(new string('a', 37)), Vm("one") };
        _config["disks"] = new List<object?> { Disk("data"), Disk("data"), Disk("one") };

        Assert.That(Problems(), Is.Empty);
    }

    [Test]
    public void Each_machine_is_checked_at_its_place()
    {
        TerraformObject second = Vm("two");
        second["corex"] = true;
        _config["vms"] = new List<object?> { _vm, second, UnknownValue.Plain };

        Assert.That(Problems().Single(), Does.EndWith("|vms/1/corex"));
    }

    [Test]
    public void A_resource_of_paid_grids_alone_says_so_before_anything_is_made()
    {
        var resource = new UnsimulatedResource("grid_kubernetes", KubernetesSchema.Block);

        Assert.That(resource.Validate([]).First().Detail, Is.EqualTo(
            "not simulated by the local grid yet: resource grid_kubernetes; deploy on a paid grid with --grid main"));
        Assert.That(() => resource.Apply([], null), Throws.Exception.With.Message.Contains("resource grid_kubernetes"));
        Assert.That(resource.Read([]).State, Is.Empty);
        Assert.That(() => resource.Delete([]), Throws.Nothing);
    }

    private IEnumerable<string> Problems() => DeploymentRules.Check(_config)
        .Select(problem => $"{problem.Summary}|{problem.Detail}|{string.Join('/', problem.Path)}");

    private static TerraformObject Vm(string name) => new() { ["name"] = name, ["memory"] = TerraformNumber.Of(512) };

    private static TerraformObject Disk(string name) => new() { ["name"] = name };

    private static TerraformObject Mount(string disk, string path) => new() { ["name"] = disk, ["mount_point"] = path };
}
