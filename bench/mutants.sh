#!/usr/bin/env bash
# Plants N faults at random in the product's C#, one at a time, and counts how many the quick tests find (docs/testing.md).
# The last line is the result: "100 planted, 83 killed (83 %), 17 survived".
# usage: bench/mutants.sh N [SEED]
#   N     how many faults      SEED  of the random generator, 1; the same sources, N and SEED give the same faults
# Environment:
#   TFC_MUTANTS_WORKERS: test processes at a time (without: 2)
#   TFC_MUTANTS_SECONDS: start nothing new after this many seconds; run the same command again to continue
#   TFC_MUTANTS_ONLY: numbers of the faults to try, such as "3 17" (without: all)
# Exit codes: 0 at least 80 % found; 1 fewer; 2 wrong arguments or variables; 3 it could not be measured; 130 interrupted or
#   out of time, the same command goes on.
# It works in artifacts/mutants, on a copy of the sources. As root the tests run in namespaces of their own. One run at a time.
set -euo pipefail

ROOT=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$ROOT/bench/mutants/Mutants/bin/Release/net10.0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
mkdir -p "$ROOT/artifacts"
exec 8>"$ROOT/artifacts/mutants.lock"
flock -n 8 || {
  echo "mutants.sh: another run works in $ROOT/artifacts/mutants" >&2
  exit 3
}

for project in Host/MutantHost Mutants/Mutants; do
  dotnet build "$ROOT/bench/mutants/$project.csproj" --configuration Release --verbosity quiet -nodeReuse:false >"$ROOT/artifacts/mutants.log" 2>&1 8>&- || {
    cat "$ROOT/artifacts/mutants.log" >&2
    exit 3
  }
done
cp "$ROOT/bench/mutants/Host/bin/Release/net10.0/TfgridCompose.MutantHost.dll" "$PROGRAM/"
exec dotnet "$PROGRAM/TfgridCompose.Mutants.dll" "$ROOT" "${1:-}" "${2:-1}"
