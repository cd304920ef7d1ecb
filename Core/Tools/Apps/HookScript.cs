using System.Text;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// The shell script that runs a hook on its machine, apart from the connection: in its own unit, or without systemd in its
/// own session. It survives a lost connection, the end of this program and processes that the hook leaves behind, and only
/// one hook runs at a time. It writes its output and exit code to files, which a later connection reads.
/// </summary>
public static class HookScript
{
    /// <summary>The exit code if there is a hook whose end nobody has seen. The hook's key and name are printed.</summary>
    public const int Unseen = 75;

    /// <summary>The exit code if the hook could not be started.</summary>
    public const int NotStarted = 70;

    /// <summary>What the last line of standard error starts with; the exit code follows.</summary>
    public const string Ended = "tfgrid-compose: the hook ended with exit code ";

    /// <summary>The last line of standard error if the hook is gone without an exit code.</summary>
    public const string Gone = "tfgrid-compose: the hook has gone";

    /// <summary>A shell command that ends with <see cref="Unseen"/> in that case, and does nothing else.</summary>
    public const string RefuseUnseen = $"{Place}; {Alive}; if {IsUnseen}; then cat \"$h/name\"; exit 75; fi";

    /// <summary>Forgets a hook whose end was seen.</summary>
    public const string Forget = $"{Place}; rm -rf \"$h\"";

    // A pattern may log in as a user other than root.
    private const string Place =
        "h=/var/lib/tfgrid-compose/hook; [ \"$(id -u)\" = 0 ] || h=$HOME/.local/state/tfgrid-compose/hook";

    // The boot id is compared, because after a restart another process may have the same number.
    private const string Alive =
        "here() { [ \"$(cat \"$h/boot\")\" = \"$(cat /proc/sys/kernel/random/boot_id)\" ]; } 2>/dev/null; "
        + "alive() { here || return 1; if [ -e \"$h/unit\" ]; then systemctl is-active --quiet \"$(cat \"$h/unit\")\"; "
        + "else kill -0 \"$(cat \"$h/pid\")\"; fi; } 2>/dev/null";

    // A hook that is gone without an exit code, for example after a restart, blocks nothing; nor does one whose app is gone.
    private const string IsUnseen =
        "[ -e \"$h/name\" ] && { alive || { [ -e \"$h/result\" ] && [ -e /tmp/app-deployment/.tfgrid-env ]; }; }";

    // run: the hook gets the environment of the connection. The trap lets the shell survive a SIGTERM to its whole unit and still
    // write the exit code, for which space is reserved in case the disk is full. Another run's folder is left alone.
    // start: not as our child, whose end would not be noticed; `&` would make it ignore SIGINT.
    // follow: first checks whether the hook is alive, then looks for its exit code, because it may end in between.
    private const string Script =
        $$"""
        {{Place}}
        {{Alive}}
        signal() {
          here || return 0
          if [ -e "$h/unit" ]; then systemctl kill --signal="$1" "$(cat "$h/unit")"; else kill -s "$1" -- "-$(cat "$h/pid")"; fi 2>/dev/null
        }
        start() { # key, name, path, the key and name that have been seen to end
          if {{IsUnseen}} && [ "$(cat "$h/name")" != "$4" ]; then cat "$h/name"; exit 75; fi
          rm -rf "$h" && mkdir -p "${h%/*}" && mkdir -m 700 "$h" && : >"$h/output" && printf %s "$3" >"$h/path" &&
            echo '          ' >"$h/result.new" && export -p >"$h/environment" || exit 70
          cat >"$h/run" <<'END'
        h=$1
        echo $$ >"$h/pid"
        trap : TERM
        (. "$h/environment" && set -- "$(cat "$h/path")" && cd /tmp/app-deployment && set -a && . ./.tfgrid-env && set +a &&
          exec "./$1") </dev/null >>"$h/output" 2>&1
        code=$?
        [ "$(cat "$h/id")" != "$2" ] || { echo "$code" 1<>"$h/result.new" && mv "$h/result.new" "$h/result"; }
        END
          id=$(date +%s)-$$
          echo "$id" >"$h/id"
          cat /proc/sys/kernel/random/boot_id >"$h/boot"
          echo "tfgrid-hook-$2-$id" >"$h/unit"
          printf '%s %s\n' "$1" "$2" >"$h/name" || exit 70
          if [ "$(id -u)" != 0 ] || [ ! -d /run/systemd/system ] ||
            ! systemd-run --quiet --unit="$(cat "$h/unit")" --property=KillMode=process --property=OOMPolicy=continue \
              --property=IgnoreSIGPIPE=no --property=CollectMode=inactive-or-failed sh "$h/run" "$h" "$id"; then
            rm "$h/unit"
            setsid -f sh "$h/run" "$h" "$id" </dev/null >/dev/null 2>&1 ||
              (setsid sh "$h/run" "$h" "$id" </dev/null >/dev/null 2>&1 &)
            i=0
            while [ ! -e "$h/pid" ] && [ "$i" -lt 50 ]; do sleep 0.1; i=$((i + 1)); done
          fi
        }
        follow() {
          n=0 i=0 lives=1 ended=
          while [ -z "$ended" ]; do
            if [ $((i % 10)) -eq 9 ]; then alive || lives=; fi
            if [ -e "$h/result" ]; then ended=1; elif [ -z "$lives" ]; then ended=1; else sleep 0.1; fi
            i=$((i + 1))
            size=$(wc -c <"$h/output")
            if [ "$size" -gt "$n" ]; then
              tail -c "+$((n + 1))" "$h/output" | head -c "$((size - n))" || exit 70
              n=$size
            fi
          done
          if [ -e "$h/result" ] && read -r code rest <"$h/result"; then
            echo "tfgrid-compose: the hook ended with exit code $code" >&2
          else
            echo "tfgrid-compose: the hook has gone" >&2
          fi
        }
        stop() {
          signal TERM
          i=0
          while [ "$i" -lt 50 ] && [ ! -e "$h/result" ] && alive; do sleep 0.1; i=$((i + 1)); done
          signal KILL
          rm -rf "$h"
        }
        case $1 in
        run) shift && start "$@" && follow ;;
        *) "$1" ;;
        esac
        exit
        """;

    /// <summary>Starts a hook and prints its output until it ends.</summary>
    /// <param name="key">What the hook works from.</param>
    /// <param name="hook">Its name.</param>
    /// <param name="path">Its path in the deployment folder.</param>
    /// <param name="seen">The previous hook, whose end was seen; or null.</param>
    public static string Run(string key, string hook, string path, string? seen) =>
        Line("run", key, hook, path, seen is null ? "" : $"{key} {seen}");

    /// <summary>Prints the present hook's output from the start until the hook ends.</summary>
    public static string Follow { get; } = Line("follow");

    /// <summary>Ends the hook and everything that it started: SIGTERM, and after 5 s SIGKILL.</summary>
    public static string Stop { get; } = Line("stop");

    /// <summary>What these commands read from standard input: the script.</summary>
    public static Task WriteAsync(Stream input, CancellationToken cancellation) =>
        input.WriteAsync(Encoding.UTF8.GetBytes(Script + "\n"), cancellation).AsTask();

    private static string Line(params string[] arguments) => ShellQuote.Words(["sh", "-s", "--", .. arguments]);
}
