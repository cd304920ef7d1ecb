using System.Text.RegularExpressions;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>Records what is run, and makes the changes to the computer's folder that the engine looks for afterwards.</summary>
internal sealed partial class FakeTools(string root, FakeKernel kernel) : IToolRunner
{
    private readonly Lock _lock = new();
    private readonly List<ToolCall> _calls = [];
    private readonly List<(string Prefix, Func<ToolResult> Answer)> _answers = [];

    public IReadOnlyList<ToolCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public IEnumerable<string> Commands => Calls.Select(call => call.Command);

    /// <summary>All lines that ip(8) was given in batches, each after its namespace where it has one.</summary>
    public IEnumerable<string> IpLines => Calls
        .Where(call => call.Command.EndsWith("-batch -", StringComparison.Ordinal))
        .SelectMany(call =>
        {
            string[] words = call.Command.Split(' ');
            string where = words[1] == "-n" ? $"{words[2]}: " : "";
            return call.Input!.TrimEnd('\n').Split('\n').Select(line => where + line);
        });

    /// <summary>The machines that are started never boot.</summary>
    public bool MachinesCrash { get; set; }

    /// <summary>Whether the kernel has WireGuard; if not, wireguard-go is started.</summary>
    public bool KernelHasWireGuard { get; set; } = true;

    public void Clear()
    {
        lock (_lock)
        {
            _calls.Clear();
        }
    }

    /// <summary>The result of a command with this prefix. The last answer that fits is used.</summary>
    public void Answer(string prefix, int exitCode = 0, string output = "", string errors = "") =>
        _answers.Add((prefix, () => new ToolResult([], exitCode, output, errors)));

    public void Answer(string prefix, Action effect)
    {
        _answers.Add((prefix, Done));

        ToolResult Done()
        {
            effect();
            return new ToolResult([], 0, "", "");
        }
    }

    public int RunOnTerminal(IReadOnlyList<string> command) => Try(command).ExitCode;

    public ToolResult Try(IReadOnlyList<string> command, string? input = null, Action<string>? onErrorLine = null)
    {
        string line = string.Join(' ', command);
        lock (_lock)
        {
            _calls.Add(new ToolCall(line, input));
            foreach ((string prefix, Func<ToolResult> answer) in Enumerable.Reverse(_answers))
            {
                if (line.StartsWith(prefix, StringComparison.Ordinal))
                {
                    ToolResult result = answer() with { Command = command };
                    result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList().ForEach(each => onErrorLine?.Invoke(each));
                    return result;
                }
            }

            return new ToolResult(command, ExitCode(command), Effect(command, input) ?? "", "");
        }
    }

    private int ExitCode(IReadOnlyList<string> command) => command switch
    {
        ["ip", "-n", _, "link", "show", _] => 1,
        ["ip", "-n", _, "link", "add", _, "type", "wireguard"] => KernelHasWireGuard ? 0 : 1,
        _ => 0,
    };

    private string? Effect(IReadOnlyList<string> command, string? input)
    {
        switch (command)
        {
            case ["ip", .., "-batch", "-"]:
                bool isHost = command[1] != "-n";
                (input ?? "").Split('\n').ToList().ForEach(line => Ip(line, isHost));
                return null;
            case ["wg", "pubkey"]:
                return $"public({input?.Trim()})\n";
            case ["mmdebstrap", ..]:
                Directory.CreateDirectory(command.First(each => each.EndsWith(".tmp", StringComparison.Ordinal)));
                return null;
            case ["ssh-keygen", .., "-f", var key]:
                File.WriteAllText(key, "key");
                return null;
            case ["mount", "-o", _, var image, var point]:
                kernel.AddMount($"{image} {point} ext4 rw 0 0");
                return null;
            case [.., "wireguard-go", var name]:
                Write($"/run/wireguard/{name}.sock", "");
                return null;
            case ["setsid", "--fork", "env", _, _, "sh", "-c", _, _, var console, var pidFile, var groups, ..]:
                Boot(console, pidFile, groups.Split(' '));
                return null;
            case ["systemd-run", var unit, ..] when !MachinesCrash:
                Directory.CreateDirectory($"{root}/sys/fs/cgroup/system.slice/{unit["--unit=".Length..]}.service/init.scope");
                return null;
            case ["systemctl", "show", ..]:
                return $"{Environment.ProcessId}\n";
            default:
                return null;
        }
    }

    // The test's own process plays the machine's process: it is alive.
    private void Boot(string console, string pidFile, string[] groups)
    {
        File.WriteAllText(console, "Booting\nWelcome\n");
        if (!MachinesCrash)
        {
            Directory.CreateDirectory($"{groups[0]}/payload");
            File.WriteAllText($"{groups[0]}/cgroup.procs", "4242\n");
            File.WriteAllText(pidFile, $"{Environment.ProcessId}\n");
        }
    }

    private void Ip(string line, bool isHost)
    {
        string[] words = line.Split(' ');
        switch (words)
        {
            case ["netns", "add", var name]:
                Write($"/run/netns/{name}", "");
                break;
            case ["netns", "del", var name]:
                File.Delete($"{root}/run/netns/{name}");
                break;
            case ["link", "add", var name, ..] when isHost && HostLink().IsMatch(line):
                Directory.CreateDirectory($"{root}/sys/class/net/{name}");
                break;
            case ["link", "del", var name] when isHost && Directory.Exists($"{root}/sys/class/net/{name}"):
                Directory.Delete($"{root}/sys/class/net/{name}");
                break;
        }
    }

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root + path)!);
        File.WriteAllText(root + path, content);
    }

    // If the near end of a link is put into a namespace, its name is before the type.
    [GeneratedRegex(@"^link add \S+( (address|mtu) \S+)* type ")]
    private static partial Regex HostLink();
}
