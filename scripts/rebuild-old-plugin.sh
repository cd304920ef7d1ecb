#!/usr/bin/env bash
# Rebuilds tests/Core.Tests/Assets/old-plugin from its source against the SDK of a commit: the one that is named, else one whose
# descriptors had no checksum yet. The tests load that binary in today's host.
set -euo pipefail

FIRST_SDK=55cdb50242bbfa3f95da4782b60e122b64e25ac5

. "$(dirname "$0")/steps.sh"

main() {
  local commit=${1:-$FIRST_SDK} asset=$ROOT/tests/Core.Tests/Assets/old-plugin work
  work=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$work'" EXIT
  mkdir "$work/sdk"
  git -C "$ROOT" archive "$commit" .editorconfig Patterns.Sdk Directory.Build.props Directory.Build.targets Directory.Packages.props |
    tar -x -C "$work/sdk"
  cp -R "$asset/source" "$work/old"
  dotnet publish "$work/old/Old.csproj" --configuration Release --output "$work/out" --verbosity quiet \
    -p:SdkFolder="$work/sdk/Patterns.Sdk" </dev/null
  for file in plugin.json Old.dll Old.deps.json; do
    cp "$work/out/$file" "$asset/$file"
  done
  say "rebuilt from $commit: $asset"
}

main "$@"
