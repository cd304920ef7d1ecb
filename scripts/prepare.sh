#!/usr/bin/env bash
# Installs what is missing to build and run quick tests (prepare.sh build), also to run the local grid (prepare.sh
# machines), or also to run every test (prepare.sh tests).
# Sourced by demo.sh and test.sh; it can also be run by itself. If nothing is missing it changes nothing.

# shellcheck source=scripts/steps.sh
[ -n "${ROOT:-}" ] || . "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

# What must be there, and the Debian or Ubuntu package that brings it.
BUILD_NEEDS=(
  "gcc gcc" "/usr/include/stdio.h libc6-dev" "/usr/include/zlib.h zlib1g-dev" # NativeAOT links with them
  "ansible-playbook ansible-core"
  "ssh openssh-client" "curl curl"
)
MACHINE_NEEDS=(
  "systemd-nspawn systemd-container" "mmdebstrap mmdebstrap" "mkfs.ext4 e2fsprogs"
  "ip iproute2" "nft nftables" "wg-quick wireguard-tools" "gpgv gpgv"
)
TEST_NEEDS=(
  "ping iputils-ping"
  "sudo sudo" # two users, one with the documented lines only
  "pebble pebble" # certificates: an ACME server of the tests' own
  "/usr/lib/postgresql postgresql" "npm npm" # shared state: a PostgreSQL of the tests' own, and an S3-compatible server
)

prepare() { # build|machines|tests
  local needs=("${BUILD_NEEDS[@]}")
  case $1 in
    build) ;;
    machines | tests)
      [ "$(uname -s)" = Linux ] || fail 3 "the local grid needs Linux; this is $(uname -s)"
      needs+=("${MACHINE_NEEDS[@]}")
      kernel_has_wireguard || needs+=("wireguard-go wireguard-go")
      ;;
    *) fail 2 "unknown argument '$1'; usage: prepare.sh [build|machines|tests]" ;;
  esac
  [ "$1" != tests ] || needs+=("${TEST_NEEDS[@]}")
  require_dotnet
  install_missing "${needs[@]}"
  has tofu || has terraform || install_opentofu
  [ "$1" != tests ] || install_state_servers
}

# /usr/sbin is not in every user's PATH.
has() {
  case $1 in
    /*) [ -e "$1" ] ;;
    *) PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null 2>&1 ;;
  esac
}

kernel_has_wireguard() {
  [ -d /sys/module/wireguard ] || PATH=$PATH:/usr/sbin:/sbin modprobe --quiet --dry-run wireguard 2>/dev/null
}

require_dotnet() {
  has dotnet || [ ! -x "$HOME/.dotnet/dotnet" ] || export PATH=$HOME/.dotnet:$PATH
  has dotnet || fail 3 "the .NET 10 SDK is missing; install it from https://dotnet.microsoft.com/download/dotnet/10.0"
  (cd "$ROOT" && dotnet --version >/dev/null) || fail 3 "the .NET SDK that global.json asks for is missing; see above"
}

install_missing() { # "command package"...
  local need missing=()
  for need in "$@"; do
    has "${need% *}" || missing+=("${need#* }")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  has apt-get || fail 3 "install these with your package manager (Debian's names): ${missing[*]}"
  say "    installing: ${missing[*]}"
  require_root
  apt_get update
  apt_get install --no-install-recommends "${missing[@]}"
}

# The documented way: https://opentofu.org/docs/intro/install/deb
install_opentofu() {
  local keys=/etc/apt/keyrings work
  has apt-get || fail 3 "neither tofu nor terraform is there; see https://opentofu.org/docs/intro/install"
  say "    installing: tofu (OpenTofu, from packages.opentofu.org)"
  require_root
  install_missing "gpg gnupg" "/etc/ssl/certs/ca-certificates.crt ca-certificates"
  work=$(mktemp -d)
  if ! fetch_opentofu_source "$work" "$keys"; then
    rm -rf "$work"
    fail 3 "OpenTofu's package source could not be added; see https://opentofu.org/docs/intro/install"
  fi
  rm -rf "$work"
  apt_get update
  apt_get install tofu
}

fetch_opentofu_source() { # work folder, folder of keys
  curl --proto '=https' --tlsv1.2 -fsSL https://get.opentofu.org/opentofu.gpg -o "$1/opentofu.gpg" &&
    curl --proto '=https' --tlsv1.2 -fsSL https://packages.opentofu.org/opentofu/tofu/gpgkey -o "$1/repo.asc" &&
    gpg --homedir "$1" --no-tty --batch --dearmor --output "$1/opentofu-repo.gpg" "$1/repo.asc" &&
    printf 'deb [signed-by=%s/opentofu.gpg,%s/opentofu-repo.gpg] https://packages.opentofu.org/opentofu/tofu/any/ any main\n' \
      "$2" "$2" >"$1/opentofu.list" &&
    as_root install -d -m 0755 "$2" &&
    as_root install -m 0644 "$1/opentofu.gpg" "$1/opentofu-repo.gpg" "$2/" &&
    as_root install -m 0644 "$1/opentofu.list" /etc/apt/sources.list.d/opentofu.list
}

# Installs to artifacts/state-servers; does nothing if their list has not changed.
install_state_servers() {
  local list=$ROOT/tests/EndToEnd/StateServers/package.json folder=$ROOT/artifacts/state-servers
  ! cmp -s "$list" "$folder/installed.json" || return 0
  say "    installing: s3rver and dynalite (npm, to artifacts/state-servers)"
  mkdir -p "$folder"
  cp "$list" "$folder/package.json"
  (cd "$folder" && npm install --no-audit --no-fund --ignore-scripts --silent </dev/null >"$ROOT/artifacts/npm.log" 2>&1) || {
    tail -n 20 "$ROOT/artifacts/npm.log" >&2
    fail 3 "npm install failed; the whole log is artifacts/npm.log"
  }
  cp "$list" "$folder/installed.json"
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a apt-get -q -y \
    -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null >"$ROOT/artifacts/apt.log" 2>&1 || {
    tail -n 20 "$ROOT/artifacts/apt.log" >&2
    fail 3 "apt-get $1 failed; the whole log is artifacts/apt.log"
  }
}

# Asks for sudo's password once, if there is a terminal; later commands run without one.
require_root() {
  [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; } ||
    fail 3 "installing needs root: run this script in a terminal, or as root"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

mkdir -p "$ROOT/artifacts"
if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  step "prepare ${1:-tests}" prepare "${1:-tests}"
fi
