# shellcheck shell=bash
# Sourced by demo.sh and test.sh, after steps.sh: publishes the product to artifacts/tfgrid-compose, and builds the solution.

PRODUCT=$ROOT/artifacts/tfgrid-compose
PRODUCT_STAMP=$ROOT/artifacts/tfgrid-compose.stamp

build_solution() { build_tool build TfgridCompose.sln; }

# Does nothing if no source has changed since the last time.
build_product() { # options of dotnet publish...
  local stamp
  stamp=$(product_sources_hash)
  if [ -x "$PRODUCT/tfgrid-compose" ] && [ -x "$PRODUCT/localgrid/tfgrid-localgrid" ] &&
    [ "$(cat "$PRODUCT_STAMP" 2>/dev/null)" = "$stamp" ]; then
    say "    up to date: artifacts/tfgrid-compose"
    return
  fi
  rm -f "$PRODUCT_STAMP"
  publish_product "$PRODUCT.new" "$@" || return
  rm -rf "$PRODUCT"
  mv "$PRODUCT.new" "$PRODUCT"
  printf '%s\n' "$stamp" >"$PRODUCT_STAMP"
  say "    published: artifacts/tfgrid-compose"
}

# Publishes to a new folder, swapped in when it is complete: no half-written product, no file of a removed project.
publish_product() { # folder, options...
  local folder=$1 rid
  shift
  rid=$(runtime_identifier)
  rm -rf "$folder"
  build_tool publish Cli/Cli.csproj --runtime "$rid" --output "$folder" -p:PublishReadyToRun=true --self-contained false "$@" &&
    build_tool publish LocalGrid/LocalGrid.csproj --runtime "$rid" --output "$folder/localgrid" "$@" &&
    write_sbom "$folder" "$rid"
}

# Lists the product's parts (docs/supply-chain.md). The native local grid has no dependency file there; its build has.
write_sbom() { # folder of the product, runtime identifier
  local file files=()
  for file in "$1"/tfgrid-compose.deps.json "$1"/plugins/*/*.deps.json \
    "$ROOT/LocalGrid/bin/Release/net10.0/$2/tfgrid-localgrid.deps.json"; do
    files+=(--deps "$file")
  done
  dotnet exec "$ROOT/Patterns.Sdk/DescriptorWriter/bin/Release/net10.0/TfgridCompose.DescriptorWriter.dll" sbom "${files[@]}" \
    --assets "$ROOT/Cli/obj/project.assets.json" --files "$1" --output "$1/sbom.cdx.json"
}

# The processes are short, so profiling their code would not pay off.
build_tool() { # arguments of dotnet...
  (cd "$ROOT" && DOTNET_TieredPGO=0 dotnet "$@" --configuration Release --verbosity quiet </dev/null)
}

# Read from the machine, which saves a start of dotnet.
runtime_identifier() {
  local os=linux cpu
  case $(uname -s) in
    Darwin) os=osx ;;
    *) ! ls /lib/ld-musl-* >/dev/null 2>&1 || os=linux-musl ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) cpu=x64 ;;
    aarch64 | arm64) cpu=arm64 ;;
    *) fail 3 "no .NET runtime identifier is known for $(uname -m)" ;;
  esac
  printf '%s-%s\n' "$os" "$cpu"
}

# Leaves out the lock files that the first restore of another runtime writes; .gitignore lists them, too.
product_sources_hash() {
  (
    cd "$ROOT" || exit
    shopt -s nullglob
    dotnet --version
    find Cli Core LocalGrid Patterns.* plugins scripts/build.sh ./*.props ./*.targets global.json nuget.config .editorconfig \
      \( -name bin -o -name obj -o -name .terraform \) -prune -o -type f \
      ! \( -path 'LocalGrid/packages.*.lock.json' ! -name 'packages.linux-x64.*' ! -name 'packages.linux-arm64.*' \) -print0 2>/dev/null |
      LC_ALL=C sort -z | xargs -0 sha256sum
  ) | sha256sum | cut -d' ' -f1
}
