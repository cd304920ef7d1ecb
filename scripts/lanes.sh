# shellcheck shell=bash
# Sourced by test.sh: runs test projects side by side. A lane is a function that runs projects one after another; lanes run in parallel.
# Each project has its own log, which is shown if the project failed.

LANES=()       # process groups of the lanes that run, negative
LANES_FAILED=0 # lanes that ended before all of their projects had run

# Runs functions as lanes and waits for all of them. If one failed, it has already printed why, and the script ends. Each lane has its own
# process group, so that whatever it leaves running is ended.
side_by_side() { # functions...
  local lane pid started=()
  for lane in "$@"; do
    set -m
    (set +m && trap - EXIT INT TERM HUP && "$lane") </dev/null 9<&- &
    set +m
    started+=("$!")
    LANES+=("-$!")
  done
  for pid in "${started[@]}"; do
    wait "$pid" || LANES_FAILED=$((LANES_FAILED + 1))
  done
  end_lanes
  [ "$LANES_FAILED" -eq 0 ] || exit 1
}

# Runs the tests of one kind in all projects that have some: "run_kind Slow", "run_kind quick but A.Tests B.Tests", "run_kind
# quick only A.Tests".
run_kind() { # kind, but|only, projects...
  local kind=$1 which=${2:-} named=" ${*:3} " name assembly kinds suffix=".$1"
  [ "$kind" != quick ] || suffix=""
  while read -r name assembly kinds; do
    case ",$kinds," in *",$kind,"*) ;; *) continue ;; esac
    case $which in
      but) [ "${named/ $name /}" = "$named" ] || continue ;;
      only) [ "${named/ $name /}" != "$named" ] || continue ;;
    esac
    if [ "$kinds" = "$kind" ]; then
      run_tests "$name" "$assembly"
    else
      run_tests "$name$suffix" "$assembly" --filter "$(filter_of "$kind")"
    fi
  done <"$WORK/projects"
}

# Each project has its own folder for temporary files. Its name is short, because the path of an SSH control socket is limited to
# 108 bytes.
run_tests() { # name, assembly, options of dotnet test...
  local name=$1 assembly=$2 temporary start=$SECONDS code=0
  shift 2
  temporary=$(mktemp -d "$WORK/XXX")
  chmod 1777 "$temporary"
  say "==> $name"
  (cd "$ROOT" && export TMPDIR=$temporary && exec dotnet test "$assembly" --logger "trx;LogFileName=$name.trx" --results-directory "$RESULTS" "$@" \
      </dev/null >"$RESULTS/$name.log" 2>&1) || code=$?
  judge "$name" "$code" $((SECONDS - start))
}

# Counts a project's results and prints them.
judge() { # name, exit code, seconds
  local name=$1 code=$2 problem="" counts p=0 f=0 s=0
  if ! counts=$(count_results "$RESULTS/$name.trx" 2>/dev/null); then
    problem="left no results"
  else
    read -r p f s <<<"$counts"
    if [ "$f" -eq 0 ] && [ "$code" -ne 0 ]; then
      problem="dotnet test ended with exit code $code and no failed test"
    elif [ $((p + f + s)) -eq 0 ]; then
      problem="no test was found"
    fi
  fi
  [ -z "$problem" ] || f=1
  printf '%s %s %s\n' "$p" "$f" "$s" >"$RESULTS/$name.counts"
  [ "$f" -eq 0 ] || sed 's/^/    /' "$RESULTS/$name.log"
  [ -z "$problem" ] || say "    $name: $problem: counted as one failure"
  say "    $name: $p passed, $f failed, $s skipped, $3 s"
}

# Ends whatever still runs in a lane's process group: after Ctrl-C everything, after a crash what the tests had started.
end_lanes() {
  end_processes ${LANES[@]+"${LANES[@]}"}
  LANES=()
}

# Asks processes to end, and kills those that still run after 20 s: a tool that is creating a machine should be able to finish.
end_processes() { # ids of processes, or negative ones of process groups...
  local target tries
  for target in "$@"; do
    kill -TERM -- "$target" 2>/dev/null || true
  done
  for target in "$@"; do
    for ((tries = 0; tries < 200; tries++)); do
      kill -0 -- "$target" 2>/dev/null || continue 2
      sleep 0.1
    done
    kill -KILL -- "$target" 2>/dev/null || true
  done
}
