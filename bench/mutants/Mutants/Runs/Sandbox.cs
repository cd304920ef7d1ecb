using System.Diagnostics;

namespace TfgridCompose.Mutants.Runs;

/// <summary>
/// The surroundings of a test process. As root on Linux: its own loopback network, /tmp, processes and view of the
/// copy, so that two of them do not meet and nothing outlives them. There is none without root, or for a copy below /tmp.
/// </summary>
internal sealed class Sandbox
{
    // The shell is the first process there: when it ends, so does all that the tests started. 4 GB is the longest file.
    private const string Script = """
        run=$1 tree=$2 folder=$3
        shift 3
        ip link set lo up && mount --bind "$run/tmp" /tmp &&
          mount -t overlay mutants -o "lowerdir=$tree,upperdir=$run/upper,workdir=$run/work" "$tree" || exit 97
        ulimit -f 8388608
        cd "$folder" || exit 97
        "$@" >"$run/log" 2>&1 </dev/null &
        wait $!
        """;

    private const string PlainScript = """
        run=$1 folder=$3
        shift 3
        cd "$folder" && exec "$@" >"$run/log" 2>&1 </dev/null
        """;

    private readonly Settings _settings;

    private Sandbox(Settings settings, bool isClosed) => (_settings, IsClosed) = (settings, isClosed);

    public bool IsClosed { get; }

    public static Sandbox Detect(Settings settings)
    {
        var closed = new Sandbox(settings, isClosed: true);
        string folder = closed.Prepare(0);
        try
        {
            string[] command = closed.Command(folder, settings.Tree, "true");
            var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
            using var probe = Process.Start(start);
            probe?.WaitForExit();
            return probe?.ExitCode == 0 ? closed : new Sandbox(settings, isClosed: false);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Sandbox(settings, isClosed: false);
        }
    }

    /// <summary>A fresh folder for a worker's next run.</summary>
    public string Prepare(int worker)
    {
        string folder = _settings.In(Path.Combine("run", worker.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (string each in new[] { "tmp", "upper", "work" })
        {
            Directory.CreateDirectory(Path.Combine(folder, each));
        }

        File.SetUnixFileMode(Path.Combine(folder, "tmp"), (UnixFileMode)0b1_111_111_111);
        return folder;
    }

    /// <summary>Runs a command in a folder of the copy; its output goes to the file log in the worker's folder.</summary>
    public string[] Command(string worker, string folder, params string[] command)
    {
        string[] run = ["sh", "-c", IsClosed ? Script : PlainScript, "sh", worker, _settings.Tree, folder, .. command];
        return IsClosed
            ? ["unshare", "--net", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc", .. run]
            : run;
    }
}
