using TfgridCompose.LocalGrid.Engine;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// What makes a machine itself. Written into the overlay's upper layer before it is mounted; a directory there hides
/// the mode of the one below, so each is made with the mode it has in the image.
/// </summary>
internal sealed class GuestFiles(string upper)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Shared =
        Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public void Write(VmSpec vm)
    {
        var host = vm.Name.Replace('_', '-');
        File("etc/hostname", $"{host}\n");
        File("etc/hosts", $"127.0.0.1 localhost\n127.0.1.1 {host}\n::1 localhost ip6-localhost\n");
        File("etc/resolv.conf", HostNetwork.ResolvConf());
        File("etc/machine-id", $"{Guid.NewGuid():n}\n");
        File("etc/environment", Environment(vm), secret: true);
        Directory("root/.ssh", Owner);
        File("root/.ssh/authorized_keys", vm.Environment.GetValueOrDefault("SSH_KEY", "").Trim() + "\n", secret: true);
        HostKey();
    }

    private void HostKey()
    {
        Directory("etc/ssh", Shared);
        var key = Path.Combine(upper, "etc/ssh/ssh_host_ed25519_key");
        if (!System.IO.File.Exists(key))
        {
            Tool.Run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]);
        }
    }

    // pam_env reads it for every login. Values of several lines have no form there; SSH_KEY is where it belongs already.
    private static string Environment(VmSpec vm) => string.Concat(vm.Environment
        .Where(item => item.Key != "SSH_KEY" && !item.Value.Contains('\n'))
        .Select(item => $"{item.Key}=\"{item.Value}\"\n"));

    public string Directory(string path, UnixFileMode mode = Shared)
    {
        var parent = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(parent))
        {
            Directory(parent, parent == "root" ? Owner : Shared);
        }

        var full = Path.Combine(upper, path);
        if (!System.IO.Directory.Exists(full))
        {
            System.IO.Directory.CreateDirectory(full);
            System.IO.File.SetUnixFileMode(full, mode);
        }

        return full;
    }

    private void File(string path, string content, bool secret = false)
    {
        Directory(Path.GetDirectoryName(path) ?? "");
        var full = Path.Combine(upper, path);
        System.IO.File.Delete(full);
        using var stream = new FileStream(full, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
        if (!secret)
        {
            System.IO.File.SetUnixFileMode(
                full,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }
}
