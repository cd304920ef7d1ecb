# shellcheck shell=bash
# Sourced by demo.sh and test.sh: the repository's folder, and timed steps.

# shellcheck disable=SC2034 # used by the scripts that source this one
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
export HOME

# No telemetry, no banner, no colours, and no build server that outlives the command.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export MSBUILDTERMINALLOGGER=off

say() { printf '%s\n' "$*"; }

fail() { # exit code, message
  printf '%s: %s\n' "${0##*/}" "$2" >&2
  exit "$1"
}

# Runs a command and prints how long it took; ends the script where the command fails.
step() { # title, command...
  local title=$1 start code=0
  shift
  say "==> $title"
  start=$(date +%s%N)
  "$@" || code=$?
  say "    $title: $(awk -v ns=$(($(date +%s%N) - start)) 'BEGIN { printf "%.1f", ns / 1e9 }') s"
  [ "$code" -eq 0 ] || fail "$code" "$title failed (exit code $code)"
}
