using System.Text;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// The files that differ between machines. They are written into the overlay's upper layer before it is mounted. A directory
/// there hides the mode of the one below, so each gets the mode that it has in the image.
/// </summary>
internal sealed class GuestFiles(string upper, Computer computer)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    private const UnixFileMode Folder = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const string PackageLists = "var/lib/apt/lists";

    public void Write(VmSpec vm, VmRecord record, NetworkMember node)
    {
        string resolvConf = new HostNetwork(computer).ResolvConf();
        bool isHarsh = record.Profile == MachineProfile.Harsh;
        string host = vm.Name.Replace('_', '-');
        Write("etc/hostname", $"{host}\n");
        Write("etc/hosts", $"127.0.0.1 localhost\n127.0.1.1 {host}\n::1 localhost ip6-localhost\n");
        Write("etc/resolv.conf", isHarsh ? HarshGuest.ResolvConf : resolvConf);
        Write("etc/machine-id", $"{Guid.NewGuid():n}\n");
        Write("etc/environment", Environment(vm), OwnerOnly);
        Directory("root/.ssh", OwnerFolder);
        Write("root/.ssh/authorized_keys", vm.Environment.GetValueOrDefault("SSH_KEY", "").Trim() + "\n", OwnerOnly);
        HostKey();
        Unit(GuestGroups.Name, GuestGroups.Target, GuestGroups.Unit);
        if (vm.Mounts.Count > 0)
        {
            Unit(DiskPower.Name, DiskPower.Target, DiskPower.Unit(vm.Mounts.Select(mount => mount.Path)));
        }

        Write(CloudInit.NetworkFile, CloudInit.Network(VmInterface.Of(record, node), HostNetwork.Nameservers(resolvConf)), OwnerOnly);
        Write(CloudInit.Traces(record.Machine));
        if (isHarsh)
        {
            MakeHarsh();
        }
        else
        {
            // Lists that look new, and have no package.
            Write($"{PackageLists}/localgrid_Packages", "\n");
        }
    }

    private void MakeHarsh()
    {
        Write(HarshGuest.Files);
        foreach (string timer in HarshGuest.Timers)
        {
            Unit(timer, HarshGuest.TimersTarget, HarshGuest.Timer);
        }

        System.IO.Directory.SetLastWriteTimeUtc(Directory(PackageLists), HarshGuest.ListsMade);
    }

    private void Write(IEnumerable<(string Path, string Content)> files)
    {
        foreach ((string path, string content) in files)
        {
            Write(path, content);
        }
    }

    /// <summary>Creates the folder and its parents, and returns its path.</summary>
    public string Directory(string path, UnixFileMode mode = Folder)
    {
        string? parent = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(parent))
        {
            Directory(parent, parent == "root" ? OwnerFolder : Folder);
        }

        string full = Path.Combine(upper, path);
        if (!System.IO.Directory.Exists(full))
        {
            System.IO.Directory.CreateDirectory(full);
            File.SetUnixFileMode(full, mode);
        }

        return full;
    }

    /// <summary>A unit of ours, started with the target.</summary>
    private void Unit(string name, string target, string content)
    {
        const string Units = "etc/systemd/system";
        Write($"{Units}/{name}", content);
        string link = Path.Combine(Directory($"{Units}/{target}.wants"), name);
        File.Delete(link);
        File.CreateSymbolicLink(link, $"/{Units}/{name}");
    }

    private void HostKey()
    {
        Directory("etc/ssh");
        string key = Path.Combine(upper, "etc/ssh/ssh_host_ed25519_key");
        if (!File.Exists(key))
        {
            computer.Tools.Run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]);
        }
    }

    // pam_env reads it at every login. It cannot have values of several lines. SSH_KEY is in authorized_keys.
    private static string Environment(VmSpec vm) => string.Concat(vm.Environment
        .Where(item => item.Key != "SSH_KEY" && !item.Value.Contains('\n'))
        .Select(item => $"{item.Key}=\"{item.Value}\"\n"));

    private void Write(string path, string content, UnixFileMode mode = Readable)
    {
        Directory(Path.GetDirectoryName(path) ?? "");
        string full = Path.Combine(upper, path);
        File.Delete(full);
        using (var stream = new FileStream(full, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            stream.Write(Encoding.UTF8.GetBytes(content));
        }

        File.SetUnixFileMode(full, mode);
    }
}
