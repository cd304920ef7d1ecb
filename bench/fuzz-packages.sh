#!/usr/bin/env bash
# Offers spoiled pattern packages to the installer, in a seeded order, and prints what became of each kind: installed whole, or the code
# of the refusal. It ends with an error at the first crash, file out of place, wrong hash or leftover.
# usage: bench/fuzz-packages.sh [NUMBER]   (10,000 without it: three to ten minutes)
set -euo pipefail

ROOT=$(cd "$(dirname "$0")/.." && pwd)
TESTS=$ROOT/tests/Core.Tests
export TFC_FUZZ_PACKAGES=${1:-10000}

dotnet build "$TESTS/Core.Tests.csproj" --configuration Release --verbosity quiet >&2
dotnet test "$TESTS/bin/Release/net10.0/TfgridCompose.Core.Tests.dll" --filter "FullyQualifiedName~PackageFuzzTests" --logger "console;verbosity=detailed" |
  sed -n '/^[0-9]* packages, seed/,/^ *$/p; /Error Message/,$p; /^ *\(Passed\|Failed\)/p'
