#!/usr/bin/env bash
# Disturbs `up` and `down` of a small app on the local grid, at COUNT random instants spread over both runs and at each boundary between two
# lines of the journal. There are six ways, equally often: SIGKILL; SIGKILL to the run and everything that it started; SIGKILL to one of its
# tools (wg-quick, ssh, terraform, the provider, ansible-playbook); SIGHUP; SIGTERM; a disk that is full until the run has ended. Then it
# runs `status`, and in turn either `up` (which must converge: the page answers, one machine) and `down`, or `down` alone. At the end, the
# whole machine must be as before: machines, contracts, namespaces, interfaces, routes, mounts, cgroups, processes, /etc/wireguard, address
# ranges, state folders, index lines.
# Each line of the table is a case, and must say "ok, nothing left"; otherwise the exit code is 1. A number after a verb is its exit code:
# `status 7` and `down 7` mean that there was no deployment yet, `up 7` that a `down` must be finished first, which is then done.
# usage: bench/crash.sh [COUNT] [SEED] [OFFSET] [LIMIT]   (as root, nothing else deploying, after ./demo.sh has built the product)
#   COUNT   random instants, 60; the boundaries come on top, about 15      SEED    of the random generator, 1
#   OFFSET  how many cases of the plan to pass over, 0                     LIMIT   how many to run then, all. A case takes about 5 s
# TFC_CRASH_SHARED=1 keeps the state in an http backend without locks; the tool that is killed is then `terraform state push`.
# TFC_CRASH_SECONDS=300 starts no case after that time, and prints the OFFSET with which the next slice continues.
set -euo pipefail

ROOT=$(cd "$(dirname "$0")/.." && pwd)
TESTS=$ROOT/tests/EndToEnd/bin/Release/net10.0/TfgridCompose.EndToEnd.Tests.dll
export TFC_CRASH_COUNT=${1:-60} TFC_CRASH_SEED=${2:-1} TFC_CRASH_OFFSET=${3:-0} TFC_CRASH_LIMIT=${4:-1000000} DOTNET_CLI_TELEMETRY_OPTOUT=1
TFC_CRASH_TABLE=$(mktemp)
export TFC_CRASH_TABLE
LOG=$(mktemp)
trap 'rm -f "$TFC_CRASH_TABLE" "$LOG"' EXIT

[ -f "$TESTS" ] || (cd "$ROOT" && dotnet build tests/EndToEnd --configuration Release --verbosity quiet)
dotnet test "$TESTS" --filter "FullyQualifiedName~CrashTests" >"$LOG" 2>&1 </dev/null &
tail --pid=$! -n +1 -f "$TFC_CRASH_TABLE"
if wait $!; then
  printf 'no failure in %s cases\n' "$(grep -c 'ok, nothing left' "$TFC_CRASH_TABLE")"
else
  cat "$LOG" >&2
  printf '%s cases passed, %s failed\n' "$(grep -c 'ok, nothing left' "$TFC_CRASH_TABLE" || true)" "$(grep -c 'FAILED' "$TFC_CRASH_TABLE" || true)"
  exit 1
fi
