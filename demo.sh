#!/usr/bin/env bash
# From a fresh clone to a running app on this machine's local grid: no account, no money. A second run has little to do.
set -euo pipefail

. "$(dirname "$0")/scripts/steps.sh"
. "$ROOT/scripts/prepare.sh"
. "$ROOT/scripts/build.sh"

APP=examples/hello
TOOL=artifacts/tfgrid-compose/tfgrid-compose

main() {
  [ $# -eq 0 ] || fail 2 "unknown argument '$1'; usage: ./demo.sh"
  cd "$ROOT"
  step "prepare" prepare machines
  step "build" build_product
  step "ssh key" ensure_ssh_key
  ask_for_sudo
  step "up" "$TOOL" up "$APP" --grid local
  step "fetch the page" fetch_page
  say
  say "Log in:     $TOOL ssh $APP"
  say "Look:       $TOOL status $APP"
  say "Take down:  $TOOL down $APP"
}

ensure_ssh_key() {
  local key
  for key in "$HOME"/.ssh/id_*.pub; do
    [ ! -e "$key" ] || return 0
  done
  say "    you have no SSH key: making $HOME/.ssh/id_ed25519"
  install -d -m 0700 "$HOME/.ssh"
  ssh-keygen -q -t ed25519 -N '' -C tfgrid-compose -f "$HOME/.ssh/id_ed25519"
}

# The tool itself never asks for a password: it uses sudo -n.
ask_for_sudo() {
  [ "$(id -u)" -eq 0 ] || [ ! -t 0 ] || sudo -v
}

fetch_page() {
  local address
  address=$(sed -n 's/^primary_ip: *//p' "$APP/.tfgrid-compose/state.yaml" | tr -d "\"'")
  [ -n "$address" ] || fail 1 "$APP/.tfgrid-compose/state.yaml names no primary_ip"
  case $address in *:*) address="[$address]" ;; esac
  say "    http://$address:8080/"
  curl --fail --silent --show-error --max-time 10 --noproxy '*' "http://$address:8080/"
}

main "$@"
