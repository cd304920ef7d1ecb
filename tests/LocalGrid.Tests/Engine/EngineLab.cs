using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Engine;

/// <summary>The engine on a computer that is a folder.</summary>
internal sealed class EngineLab : IDisposable
{
    public FakeComputer Computer { get; } = new();

    public FakeTools Tools => Computer.Tools;

    public GridWorld World => Computer.Store.Read();

    public LocalEngine Engine => new(Computer.Store, Computer.Computer);

    public NetworkEngine Networks => new(Computer.Store, Computer.Computer);

    public DeploymentEngine Deployments => new(Computer.Store, Computer.Computer);

    public GridStart Start => new(Computer.Store, Computer.Computer);

    public MachinePower Power => new(Computer.Store, Computer.Computer);

    public static NetworkSpec Network(params int[] nodes) => new()
    {
        Name = "net",
        IpRange = "10.1.0.0/16",
        Nodes = [.. nodes],
        SolutionType = "tfc/x",
        AddWireGuardAccess = true,
    };

    public static DeploymentSpec Deployment(params VmSpec[] vms) => new()
    {
        Name = "vm",
        Node = 1,
        NetworkName = "net",
        SolutionType = "tfc/x",
        Vms = [.. vms],
    };

    /// <summary>A network on nodes 1 and 4 and a deployment with machines of the given names; the calls so far are cleared.</summary>
    public DeploymentResult Deploy(params string[] machines)
    {
        Networks.Apply(Network(1, 4));
        DeploymentResult result = Deployments.Apply(Deployment([.. machines.Select(name => Worlds.Vm(name))]));
        Tools.Clear();
        return result;
    }

    /// <summary>As a reboot of the computer: only files stay.</summary>
    public void Reboot()
    {
        foreach (string folder in new[] { "/run/netns", "/run/wireguard", "/sys/class/net/tfl-fab" }.Select(Computer.In))
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        foreach (string group in Directory.GetDirectories(Computer.In("/sys/fs/cgroup"), "tfl-v*", SearchOption.AllDirectories))
        {
            Directory.Delete(group, recursive: true);
        }

        Computer.Write("/proc/self/mounts", "/dev/vda / ext4 rw 0 0\n");
        Computer.MakeFolder("/run/netns");
        Computer.Store.Change(world =>
        {
            world.Networks.SelectMany(network => network.Members).ToList().ForEach(member => member.Boot = "before");
            foreach (DeploymentRecord deployment in world.Deployments)
            {
                deployment.Vms = [.. deployment.Vms.Select(vm => vm.Process is { } process
                    ? vm with { Process = process with { Boot = "before" } }
                    : vm)];
            }
        });
        Tools.Clear();
    }

    /// <summary>As after a kill.</summary>
    public void LetMachinesDie() => Computer.Store.Change(world =>
    {
        foreach (DeploymentRecord deployment in world.Deployments)
        {
            deployment.Vms = [.. deployment.Vms.Select(vm => vm with { Process = Worlds.Dead })];
        }
    });

    public bool Exists(string path) => File.Exists(Computer.In(path)) || Directory.Exists(Computer.In(path));

    public void Dispose() => Computer.Dispose();
}
