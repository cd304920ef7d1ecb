#!/usr/bin/env bash
# Builds everything and runs every test. --quick leaves out what starts machines or takes long.
# The last line is "N passed, N failed[, N skipped]"; the exit code is 0 only where tests ran and none failed.
set -euo pipefail

. "$(dirname "$0")/scripts/steps.sh"
. "$ROOT/scripts/prepare.sh"
. "$ROOT/scripts/build.sh"
. "$ROOT/scripts/count.sh"

RESULTS=$ROOT/artifacts/test-results
passed=0 failed=0 skipped=0

main() {
  local scope=machines
  local -a filter=()
  case ${1:-} in
    "") ;;
    --quick)
      scope=build
      filter=(--filter "TestCategory!=Machines&TestCategory!=Slow")
      ;;
    *) fail 2 "unknown argument '$1'; usage: ./test.sh [--quick]" ;;
  esac

  trap print_total EXIT
  step "prepare" prepare "$scope"
  step "build the product" build_product
  step "build the tests" build_tests
  rm -rf "$RESULTS"
  mkdir -p "$RESULTS"
  run_tests ${filter[@]+"${filter[@]}"}
}

build_tests() {
  (cd "$ROOT" && dotnet build TfgridCompose.sln --configuration Release --verbosity quiet </dev/null)
}

# One project after the other: two that start machines would only slow each other down, and a crash has a name.
run_tests() { # options of dotnet test...
  local assembly found=0
  while read -r assembly; do
    found=1
    run_project "$assembly" "$@"
  done < <(test_assemblies)
  [ "$found" = 1 ] || fail 1 "the solution has no test project"
}

# A project of the solution under tests/ is a test project where its output holds NUnit's adapter.
test_assemblies() {
  local project folder output
  sed -n 's/^Project(.*"\([^"]*\.csproj\)".*/\1/p' "$ROOT/TfgridCompose.sln" | tr '\134' '/' | sort | while read -r project; do
    folder=$ROOT/${project%/*}
    for output in "$folder"/bin/Release/*/; do
      [ ! -e "${output}NUnit3.TestAdapter.dll" ] || ls "${output}TfgridCompose.$(basename "$project" .csproj).dll"
    done
  done
}

run_project() { # assembly, options of dotnet test...
  local assembly=$1 name trx counts p=0 f=1 s=0 code=0
  shift
  name=$(basename "$assembly" .dll)
  trx=$RESULTS/$name.trx
  say "==> $name"
  SECONDS=0
  (cd "$ROOT" && dotnet test "$assembly" --logger "trx;LogFileName=$name.trx" --results-directory "$RESULTS" "$@" </dev/null) || code=$?
  if counts=$(count_results "$trx" 2>/dev/null); then
    read -r p f s <<<"$counts"
  else
    say "    $name left no results: counted as one failure"
  fi
  if [ "$f" -eq 0 ] && [ "$code" -ne 0 ]; then
    f=1
    say "    dotnet test ended with exit code $code and no failed test: counted as one failure"
  elif [ "$((p + f + s))" -eq 0 ] && [ $# -eq 0 ]; then
    f=1
    say "    $name holds no test: counted as one failure"
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  say "    $name: $p passed, $f failed, $s skipped, $SECONDS s"
}

print_total() {
  local code=$? total="$passed passed, $failed failed"
  if [ "$code" -eq 0 ] && [ "$((passed + failed))" -eq 0 ]; then
    say "no test ran"
    code=1
  fi
  [ "$failed" -eq 0 ] || [ "$code" -ne 0 ] || code=1
  [ "$skipped" -eq 0 ] || total+=", $skipped skipped"
  say "$total"
  exit "$code"
}

main "$@"
