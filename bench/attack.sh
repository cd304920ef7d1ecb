#!/usr/bin/env bash
# Gives spoiled inputs of every kind to the code that reads them, in a seeded order, and checks how it behaves (docs/testing.md). A
# tenth of the cases is in the test suite.
# usage: bench/attack.sh [CASES [SEED [TARGET]]]
#        bench/attack.sh --case TARGET SEED NUMBER     runs one case again
#   CASES   in all, 50,000; a TARGET alone gets its tenth of them, packages two
#   SEED    of the random generator, 20260101; the same sources and SEED give the same inputs
#   TARGET  records, envelopes, outputs, wireguard, manifests, environment, states, packages or engine
# The exit code is 1 if a case failed; its input is kept, and named with the target, the seed and its number.
set -euo pipefail

ROOT=$(cd "$(dirname "$0")/.." && pwd)
TARGETS=" records envelopes outputs wireguard manifests environment states packages engine "
if [ "${1:-}" = --case ]; then
  [ $# = 4 ] || { sed -n '4,5p' "$0" >&2; exit 2; }
  export TFC_ATTACK_TARGET=$2 TFC_ATTACK_SEED=$3 TFC_ATTACK_CASE=$4
else
  export TFC_ATTACK_CASES=${1:-50000} TFC_ATTACK_SEED=${2:-20260101} TFC_ATTACK_TARGET=${3:-}
fi
[ -z "$TFC_ATTACK_TARGET" ] || [[ $TARGETS = *" $TFC_ATTACK_TARGET "* ]] || {
  echo "attack.sh: there is no target $TFC_ATTACK_TARGET; they are$TARGETS" >&2
  exit 2
}

REPORT=$(mktemp)
trap 'rm -f "$REPORT"' EXIT
export TFC_ATTACK_REPORT=$REPORT
echo "seed $TFC_ATTACK_SEED"
failed=0
for project in Core LocalGrid; do
  if [ $project = LocalGrid ] && [[ ! ${TFC_ATTACK_TARGET:-engine} = engine ]] || [ $project = Core ] && [ "$TFC_ATTACK_TARGET" = engine ]; then
    continue
  fi

  dotnet build "$ROOT/tests/$project.Tests/$project.Tests.csproj" --configuration Release --verbosity quiet -nologo >&2
  dotnet test "$ROOT/tests/$project.Tests/bin/Release/net10.0/TfgridCompose.$project.Tests.dll" \
    --filter "FullyQualifiedName~AttackTests|FullyQualifiedName~PackageFuzzTests" >"$REPORT.log" 2>&1 || failed=1
  [ $failed = 0 ] || sed -n '/Error Message/,/Stack Trace/p' "$REPORT.log"
  rm -f "$REPORT.log"
done
cat "$REPORT"
awk -F'[: ,]+' '/ cases, seed /{ cases += $2 } END { print cases + 0 " cases in all" }' "$REPORT"
exit $failed
