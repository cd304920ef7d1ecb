#!/usr/bin/env bash
# Times a gateway with many small backends on the local grid: for each count a new deployment, an `up` with nothing to change, and `down`;
# then one deployment that grows through all counts and shrinks back to the first. After each `up`, the gateway's page must answer.
# Each line is a run: seconds, machines, and milliseconds for each machine that it created, removed or (unchanged) checked. The exit code is
# 1 if a run failed.
# usage: bench/fleet.sh [BACKENDS...]   (as root, after ./demo.sh has built the product; a machine takes about 60 MB)
#   BACKENDS   the counts in rising order, 8 24 60 99
set -euo pipefail

COUNTS=("$@")
[ ${#COUNTS[@]} -gt 0 ] || COUNTS=(8 24 60 99)
ROOT=$(cd "$(dirname "$0")/.." && pwd)
PRODUCT=${TFGRID_COMPOSE_PRODUCT:-$ROOT/artifacts/tfgrid-compose}
WORK=$(mktemp -d)
APP=$WORK/gateway-web
export HOME=$WORK/home
unset TFGRID_COMPOSE_HOME TFGRID_LOCALGRID TF_CLI_CONFIG_FILE
# shellcheck source=bench/gateway-app.sh
. "$ROOT/bench/gateway-app.sh"

finish() {
  local code=$?
  trap '' INT TERM
  if [ -e "$APP/.tfgrid-compose" ] && ! "$PRODUCT/tfgrid-compose" down "$APP" --yes >"$WORK/last-down.log" 2>&1 </dev/null; then
    cat "$WORK/last-down.log" >&2
    printf 'not removed; what knows of the machines is kept in %s\n' "$WORK" >&2
    exit 1
  fi
  rm -rf "$WORK"
  exit "$code"
}

timed() { # what, machines, machines that count, verb and arguments...
  local what=$1 machines=$2 counted=$3 begin=$EPOCHREALTIME
  shift 3
  if ! "$PRODUCT/tfgrid-compose" "$@" >"$WORK/run.log" 2>&1 </dev/null; then
    cat "$WORK/run.log" >&2
    printf 'FAILED: %s\n' "$what" >&2
    exit 1
  fi
  awk -v w="$what" -v m="$machines" -v c="$counted" -v a="$begin" -v b="$EPOCHREALTIME" \
    'BEGIN { printf "%-22s %8d %8.2f %12.0f\n", w, m, b - a, 1000 * (b - a) / c }'
}

answers() {
  curl --fail --silent --show-error --max-time 20 --output /dev/null "http://$("$PRODUCT/tfgrid-compose" address "$APP")/"
}

up() { # what, backends, machines that count, more arguments
  local what=$1 backends=$2 counted=$3
  shift 3
  timed "$what" $((backends + 1)) "$counted" up "$APP" --grid local "$@"
  answers
}

unchanged() { # backends
  up unchanged "$1" $(($1 + 1))
  grep -q 'nothing to do' "$WORK/run.log" || { cat "$WORK/run.log" >&2; printf 'FAILED: something was done\n' >&2; exit 1; }
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p "$HOME/.ssh"
ssh-keygen -q -t ed25519 -N '' -f "$HOME/.ssh/id_ed25519"

printf '%-22s %8s %8s %12s\n' run machines seconds ms/machine
for count in "${COUNTS[@]}"; do
  make_app "$APP" "$count"
  up "up" "$count" $((count + 1))
  unchanged "$count"
  timed "down" $((count + 1)) $((count + 1)) down "$APP" --yes
done

before=${COUNTS[0]}
make_app "$APP" "$before"
up "up" "$before" $((before + 1))
for count in "${COUNTS[@]:1}" "$before"; do
  set_backends "$APP" "$count"
  if [ "$count" -lt "$before" ]; then
    up "shrink from $before" "$count" $((before - count)) --allow-data-loss
  else
    up "grow from $before" "$count" $((count - before))
  fi
  unchanged "$count"
  before=$count
done
timed "down" $((before + 1)) $((before + 1)) down "$APP" --yes
