using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>A computer that is a folder: nothing on the real one changes. A Debian with an uplink of MTU 1400, no systemd.</summary>
internal sealed class FakeComputer : IDisposable
{
    public FakeComputer()
        : this(Directory.CreateTempSubdirectory("tfgrid-computer").FullName)
    {
    }

    /// <param name="root">Its folder, which is removed with it.</param>
    public FakeComputer(string root)
    {
        Root = root;
        Kernel = new FakeKernel(Root);
        Tools = new FakeTools(Root, Kernel);
        Tools.Answer("nft list chain ip filter FORWARD", exitCode: 1);
        Computer = new Computer(Root, Tools, Kernel, Clock)
        {
            Program = "/opt/tfgrid-localgrid",
            Warnings = Warnings,
            SearchPath = [],
            Variable = name => Variables.GetValueOrDefault(name),
        };
        Write("/proc/net/route", "Iface\tDestination\tGateway\nlan\t0000A8C0\t00000000\neth0\t00000000\t0100A8C0\n");
        Write("/proc/net/fib_trie", "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n");
        Write("/sys/class/net/eth0/mtu", "1400\n");
        Write("/proc/sys/net/ipv4/ip_forward", "0\n");
        Write("/proc/sys/net/ipv6/conf/all/forwarding", "0\n");
        Write("/proc/sys/fs/inotify/max_user_instances", "128\n");
        Write("/proc/self/mounts", "/dev/vda / ext4 rw 0 0\n");
        Write("/etc/resolv.conf", "nameserver 10.9.8.7\n");
        Write("/etc/os-release", "NAME=\"Debian GNU/Linux\"\nID=debian\nVERSION_CODENAME=bookworm\n");
        Write("/etc/apt/sources.list.d/debian.sources", "Types: deb\nURIs: http://mirror.example/debian\n");
        Write("/dev/loop-control", "");
        Write("/dev/net/tun", "");
        Write("/dev/fuse", "");
        MakeFolder("/run/netns");
        MakeFolder("/sys/fs/cgroup/memory");
        MakeFolder("/sys/fs/cgroup/cpu");
    }

    public string Root { get; }

    public FakeKernel Kernel { get; }

    public FakeTools Tools { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public LeapingClock Clock { get; } = new();

    public StringWriter Warnings { get; } = new();

    public Computer Computer { get; }

    public WorldPaths Paths => new(In("/grid"));

    public WorldStore Store => new(Paths, TimeProvider.System);

    public string In(string path) => Root + path;

    public string Read(string path) => File.ReadAllText(In(path));

    public void Write(string path, string content)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        File.WriteAllText(In(path), content);
    }

    public void MakeFolder(string path) => Directory.CreateDirectory(In(path));

    public void Remove(string path) => File.Delete(In(path));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
