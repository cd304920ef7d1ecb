#!/usr/bin/env bash
# Builds everything and runs every test. --quick leaves out what starts machines or takes long.
# The last line is "N passed, N failed[, N skipped]"; the exit code is 0 only if tests ran and none failed.
#
# Test projects run side by side. A test's category says where that is not possible:
#   Machines  starts machines of the local grid
#   Slow      takes long, or runs the dotnet tool on this repository: two of those would write the same files
#   Exclusive looks at or changes all machines of this computer: no other test may start one meanwhile
#   Alone     measures time: nothing else runs meanwhile
set -euo pipefail

. "$(dirname "$0")/scripts/steps.sh"
. "$ROOT/scripts/prepare.sh"
. "$ROOT/scripts/build.sh"
. "$ROOT/scripts/compiler.sh"
. "$ROOT/scripts/projects.sh"
. "$ROOT/scripts/results.sh"
. "$ROOT/scripts/lanes.sh"
. "$ROOT/scripts/leftovers.sh"

RESULTS=$ROOT/artifacts/test-results
MACHINES_LOCK=/tmp/tfgrid-compose-tests.lock
SLOWEST=10
WORK="" # the run's own folder for temporary files

main() {
  local scope=tests
  case ${1:-} in
    "") ;;
    --quick) scope=build ;;
    *) fail 2 "unknown argument '$1'; usage: ./test.sh [--quick]" ;;
  esac

  trap finish EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  WORK=$(mktemp -d "${TMPDIR:-/tmp}/tfcXXXX")
  chmod 0711 "$WORK" # tests work as other users, too
  rm -rf "$RESULTS"
  mkdir -p "$RESULTS"
  step "prepare" prepare "$scope"
  start_compiler_server
  side_by_side lane_build
  list_projects >"$WORK/projects"
  [ -s "$WORK/projects" ] || fail 1 "the solution has no test project"
  [ "$scope" = build ] || wait_for_other_runs
  # Quick tests run before there are many machines: the local grid's unit tests read this computer's routes.
  side_by_side lane_product lane_without_product
  if [ "$scope" = build ]; then
    side_by_side lane_cli lane_core
  else
    side_by_side lane_exclusive_and_cli lane_core
    side_by_side lane_end_to_end lane_machines lane_slow
    side_by_side lane_alone
  fi
}

lane_build() { step "build" build_solution; }

# The build has already run the analyzers on every source, so the publish need not do it again.
lane_product() { step "publish the product" build_product -p:RunAnalyzers=false; }

lane_without_product() { run_kind quick but Cli.Tests Core.Tests; }

lane_cli() { run_kind quick only Cli.Tests; }

lane_core() { run_kind quick only Core.Tests; }

lane_exclusive_and_cli() { step "make the machines' image" make_image && run_kind Exclusive && lane_cli; }

lane_end_to_end() { run_kind Machines only EndToEnd.Tests; }

lane_machines() { run_kind Machines but EndToEnd.Tests; }

lane_slow() { run_kind Slow; }

lane_alone() { settle && run_kind Alone; }

# Waits until what the other tests wrote is on the disk and no process waits for a processor: at most a minute.
settle() {
  local tries
  sync
  for ((tries = 0; tries < 60; tries++)); do
    sleep 1
    ! awk -F '[= ]' '/^some/ && $3 < 2 { idle = 1 } END { exit !idle }' /proc/pressure/cpu 2>/dev/null || return 0
  done
}

# Done once on each computer. It downloads a system, which no test should have to wait for.
make_image() {
  "$PRODUCT/localgrid/tfgrid-localgrid" image ensure >"$RESULTS/image.log" 2>&1 </dev/null || {
    cat "$RESULTS/image.log"
    return 1
  }
}

# Two runs on one computer take turns with its machines: some tests compare the whole computer, others inject faults that affect
# everybody.
wait_for_other_runs() {
  [ -e "$MACHINES_LOCK" ] || (umask 0 && : >"$MACHINES_LOCK")
  exec 9<"$MACHINES_LOCK"
  flock --nonblock 9 && return
  say "==> waiting for another run of the tests to end"
  flock --timeout 3600 9 || fail 1 "another run of the tests has held $MACHINES_LOCK for an hour"
}

finish() {
  local code=$?
  trap - EXIT
  trap '' INT TERM HUP
  end_lanes
  end_compiler_server
  remove_leftovers "$WORK" "$PRODUCT" || true
  print_total "$code"
}

print_total() { # exit code so far
  local code=$1 passed=0 failed=$LANES_FAILED skipped=0 file p f s
  for file in "$RESULTS"/*.counts; do
    [ -e "$file" ] || continue
    read -r p f s <"$file"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done
  if [ "$code" -eq 0 ] && [ "$((passed + failed))" -eq 0 ]; then
    say "no test ran"
    code=1
  fi
  [ "$failed" -eq 0 ] || [ "$code" -ne 0 ] || code=1
  [ "$passed" -eq 0 ] || { say "The $SLOWEST slowest tests:" && slowest_tests "$RESULTS" "$SLOWEST"; }
  say "$passed passed, $failed failed$([ "$skipped" -eq 0 ] || printf ', %s skipped' "$skipped")"
  exit "$code"
}

main "$@"; exit # in one line: this file may change meanwhile
