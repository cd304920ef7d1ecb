#!/usr/bin/env bash
# Times `up` of examples/gateway-web with small machines on the local grid, for several counts of backends, beside a plain script that does
# the same by hand on its own machines: terraform, wg-quick, then ssh to all hosts at once, ansible-playbook, the copy and the hooks on all
# backends at once, and the gateway's check. The two take turns, and the order changes each round. Each ratio is of one round; the median
# over the rounds is printed. The script reuses connections as the product does: a control master for each host, which Ansible shares,
# pipelining, as many forks.
# After the first `up` with 4 backends, the product's log shows whether a host waited for another without a reason, so that its turn began
# after another's had ended. The exit code is 1 if one did, or if a median is above 1.3.
# usage: bench/gateway.sh [ROUNDS] [BACKENDS...]   (as root, after ./demo.sh has built the product)
#   ROUNDS   for each count of backends, 5      BACKENDS   the counts, 1 2 4 8
set -euo pipefail

ROUNDS=${1:-5}
COUNTS=("${@:2}")
[ ${#COUNTS[@]} -gt 0 ] || COUNTS=(1 2 4 8)
LIMIT=1.3
ROOT=$(cd "$(dirname "$0")/.." && pwd)
PRODUCT=${TFGRID_COMPOSE_PRODUCT:-$ROOT/artifacts/tfgrid-compose}
WORK=$(mktemp -d)
APP=$WORK/gateway-web
TEMPLATE=$WORK/template # a deployment of the product with this count of backends; the script works from its files
SCRIPT=$WORK/script
SCRIPT_ID=benchgw$$
ADDRESS_RANGE=10.253 # of the script's machines; the product takes its own
INTERFACE=wg-benchgw
RUNNING=
declare -A ADDRESS=()

export HOME=$WORK/home TFGRID_LOCALGRID=$PRODUCT/localgrid/tfgrid-localgrid
export TF_CLI_CONFIG_FILE=$HOME/.tfgrid-compose/terraform-local.rc TF_IN_AUTOMATION=1
unset TFGRID_COMPOSE_HOME
# shellcheck source=bench/gateway-app.sh
. "$ROOT/bench/gateway-app.sh"

# Whether interrupted or not, running programs end first, because a machine that is being created is in no state yet. Then
# everything is removed.
finish() {
  local code=$? left=
  trap '' INT TERM
  stop_running
  (product_down) >"$WORK/down.log" 2>&1 </dev/null || left="$left the product's machines;"
  (script_down) >>"$WORK/down.log" 2>&1 </dev/null || left="$left the script's machines;"
  if [ -n "$left" ]; then
    cat "$WORK/down.log" >&2
    printf 'not removed:%s what knows of them is kept in %s\n' "$left" "$WORK" >&2
    exit 1
  fi
  rm -rf "$WORK"
  exit "$code"
}

# The product passes a signal on to its tools; the script's tools get the signal directly.
stop_running() {
  [ -n "$RUNNING" ] || return 0
  if [ "$(cat "/proc/$RUNNING/comm" 2>/dev/null)" = tfgrid-compose ]; then
    kill -INT "$RUNNING" 2>/dev/null || true
  else
    kill -TERM -- "-$RUNNING" 2>/dev/null || true
  fi
  for _ in $(seq 600); do
    kill -0 -- "-$RUNNING" 2>/dev/null || break
    sleep 0.1
  done
  wait "$RUNNING" 2>/dev/null || true
  RUNNING=
}

# Runs a function in a process group of its own and sets TAKEN to its seconds; its output is shown only when it fails.
run() {
  local begin=$EPOCHREALTIME
  set -m
  (set +m; set -e; "$1") >"$WORK/$1.log" 2>&1 </dev/null &
  RUNNING=$!
  set +m
  wait "$RUNNING" || { cat "$WORK/$1.log" >&2; printf '%s failed\n' "$1" >&2; exit 1; }
  TAKEN=$(awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')
  RUNNING=
}

product_up() { exec "$PRODUCT/tfgrid-compose" up "$APP" --grid local; }

product_down() {
  [ -e "$APP/.tfgrid-compose" ] || return 0
  exec "$PRODUCT/tfgrid-compose" down "$APP" --yes
}

# A first deployment fills every cache and leaves the files that the script works from.
make_template() { # count
  make_app "$APP" "$1"
  run product_up
  rm -rf "$TEMPLATE"
  cp -rL "$APP/.tfgrid-compose" "$TEMPLATE"
  (cd "$TEMPLATE/terraform" && terraform output -json secondary_ips) >"$TEMPLATE/addresses.json"
  run product_down
  local id range
  id=$(sed -n 's/^deployment_id: *//p' "$TEMPLATE/state.yaml")
  range=$(sed -n 's/.*"ip_range": "\(10\.[0-9]*\)\..*/\1/p' "$TEMPLATE/terraform/terraform.tfvars.json")
  rm -rf "$TEMPLATE"/terraform/{.terraform,.terraform.lock.hcl,*.tfstate*,tfplan} "$TEMPLATE"/ansible/facts "$TEMPLATE"/known_hosts
  find "$TEMPLATE/ansible" "$TEMPLATE/inventory.ini" "$TEMPLATE/terraform" -type f \
    -exec sed -i "s|$HOME/.tfgrid-compose/deployments/$id|$SCRIPT|g; s|\b$id\b|$SCRIPT_ID|g; s|\b${range//./\\.}\.0\.0/|$ADDRESS_RANGE.0.0/|g" {} +
}

# Puts the addresses of the script's machines in the place of the template's, and prints each host with the address that Ansible uses.
insert_addresses() {
  terraform output -json secondary_ips >"$SCRIPT/addresses.json"
  python3 - "$TEMPLATE/addresses.json" "$SCRIPT/addresses.json" "$SCRIPT/inventory.ini" "$SCRIPT"/ansible/group_vars/*.json <<'EOF'
import json, re, sys
def addresses(path):
    return {(host["name"], host["type"]): host["ip"] for host in json.load(open(path, encoding="utf-8"))}
before, now, inventory, *variables = sys.argv[1:]
old, new = addresses(before), addresses(now)
words = {old[key]: new[key] for key in old}
pattern = re.compile(r"(?<![\d.])(?:" + "|".join(map(re.escape, words)) + r")(?![\d]|\.\d)")
for path in [inventory, *variables]:
    text = pattern.sub(lambda match: words[match[0]], open(path, encoding="utf-8").read())
    open(path, "w", encoding="utf-8").write(text)
for name, address in re.findall(r"(?m)^(\S+) ansible_host=(\S+) ", open(inventory, encoding="utf-8").read()):
    print(name, address)
EOF
}

on() { # host, command
  ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o "UserKnownHostsFile=$SCRIPT/known_hosts" -o GlobalKnownHostsFile=/dev/null \
    -o HashKnownHosts=no -o "HostKeyAlias=$1.$SCRIPT_ID" -o ConnectTimeout=5 -o ControlMaster=auto -o "ControlPath=$SCRIPT/$1.ssh" -o ControlPersist=30 \
    -o LogLevel=ERROR -o IdentitiesOnly=yes -i "$HOME/.ssh/id_ed25519" "root@${ADDRESS[$1]}" "$2"
}

at_once() { # function, hosts...
  local work=$1 host jobs=() job
  shift
  for host; do
    "$work" "$host" &
    jobs+=($!)
  done
  for job in "${jobs[@]}"; do
    wait "$job"
  done
}

wait_for() { # host
  for _ in $(seq 300); do
    ! on "$1" true || return 0
    sleep 0.2
  done
  return 1
}

copy_to() { # host
  tar -C "$APP" --transform 's|^deployment|app-deployment|;s|^src|app-source|' -czf - deployment src |
    on "$1" 'rm -rf /tmp/app-deployment /tmp/app-source && tar -C /tmp --no-same-owner -xzf -'
}

hooks_on() { # host
  local hook
  for hook in setup healthcheck; do
    on "$1" "cd /tmp/app-deployment && APP_NAME=gateway-web APP_VERSION=1.0.0 TFGRID_HOST=$1 TFGRID_ROLE=backend ./$hook.sh"
  done
}

passes_check() {
  for _ in $(seq 300); do
    ! on gateway '/usr/local/sbin/tfgrid-gateway check' || return 0
    sleep 0.2
  done
  return 1
}

script_up() {
  local name address backends
  rm -rf "$SCRIPT"
  cp -r "$TEMPLATE" "$SCRIPT"
  cd "$SCRIPT/terraform"
  terraform init -input=false
  terraform apply -input=false -auto-approve
  terraform output -raw wg_config | sed "s|^AllowedIPs.*|AllowedIPs = $ADDRESS_RANGE.0.0/16|" >"$SCRIPT/$INTERFACE.conf"
  chmod 600 "$SCRIPT/$INTERFACE.conf"
  wg-quick up "$SCRIPT/$INTERFACE.conf"
  insert_addresses >"$SCRIPT/hosts"
  while read -r name address; do
    ADDRESS[$name]=$address
  done <"$SCRIPT/hosts"
  mapfile -t backends < <(printf '%s\n' "${!ADDRESS[@]}" | grep -v '^gateway$')
  at_once wait_for "${!ADDRESS[@]}"
  ANSIBLE_CONFIG=$SCRIPT/ansible/ansible.cfg ansible-playbook -i "$SCRIPT/inventory.ini" "$SCRIPT/ansible/site.yml"
  at_once copy_to "${backends[@]}"
  at_once hooks_on "${backends[@]}"
  passes_check
  curl --fail --silent --show-error --max-time 10 "http://$(terraform output -raw primary_ip)/"
}

script_down() {
  [ -d "$SCRIPT" ] || return 0
  local socket left=0
  for socket in "$SCRIPT"/*.ssh; do
    [ ! -S "$socket" ] || ssh -F /dev/null -o "ControlPath=$socket" -O exit gateway || true
  done
  cd "$SCRIPT/terraform"
  [ ! -e "/sys/class/net/$INTERFACE" ] || wg-quick down "$SCRIPT/$INTERFACE.conf" || left=1
  [ ! -e terraform.tfstate ] || terraform destroy -input=false -auto-approve || left=1
  [ $left != 0 ] || rm -rf "$SCRIPT"
  return $left
}

# From the log of the template's deployment: which hosts were handled when, and whether any began after another had ended.
print_turns() {
  python3 - "$TEMPLATE/tfgrid-compose.log" <<'EOF'
import collections, datetime, re, sys
turns = collections.defaultdict(dict)
for line in open(sys.argv[1], encoding="utf-8"):
    if match := re.match(r"(\S+ \S+) INFO +([<>]) (wait|copy|hooks) on (\S+)$", line):
        at = datetime.datetime.fromisoformat(match[1]).timestamp()
        turns[match[3]].setdefault(match[4], {})[match[2]] = at
failed = False
print("first up, 4 backends: hosts   starts within   ends within   longest turn")
for work, count in [("wait", 5), ("copy", 4), ("hooks", 4)]:
    hosts = turns[work]
    if len(hosts) != count or any(len(turn) != 2 for turn in hosts.values()):
        print(f"{work}: the log has {len(hosts)} hosts with a start and an end, and there are {count}: is the product older than this bench?")
        failed = True
        continue
    starts, ends = [turn[">"] for turn in hosts.values()], [turn["<"] for turn in hosts.values()]
    print(f"{work:>20} {count:6} {max(starts) - min(starts):13.3f} s {max(ends) - min(ends):11.3f} s {max(turn['<'] - turn['>'] for turn in hosts.values()):12.3f} s")
    for host, turn in hosts.items():
        for other, ended in ((name, its["<"]) for name, its in hosts.items()):
            if turn[">"] > ended:
                print(f"{work}: {host} began {turn['>'] - ended:.3f} s after {other} had ended")
                failed = True
sys.exit(failed)
EOF
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

timed_round() { # count, round
  local turns=(product script) who
  local -A taken=()
  (($2 % 2)) || turns=(script product)
  for who in "${turns[@]}"; do
    run "${who}_up"
    taken[$who]=$TAKEN
    run "${who}_down"
  done
  awk -v c="$1" -v n="$2" -v a="${taken[product]}" -v b="${taken[script]}" 'BEGIN { printf "%8d  %5d  %6.2f  %7.2f  %5.2f\n", c, n, a, b, a / b }' | tee -a "$WORK/rows-$1"
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p "$HOME/.ssh"
ssh-keygen -q -t ed25519 -N '' -f "$HOME/.ssh/id_ed25519"

failures=()
printf 'backends  round      up  by hand  ratio\n'
for count in "${COUNTS[@]}"; do
  make_template "$count"
  [ "$count" != 4 ] || print_turns >"$WORK/turns" || failures+=('with 4 backends a host waited for another, or the log does not tell')
  for round in $(seq "$ROUNDS"); do
    timed_round "$count" "$round"
  done
  median <<<"$(awk '{ print $5 }' "$WORK/rows-$count")" >"$WORK/median-$count"
  awk -v m="$(cat "$WORK/median-$count")" -v l="$LIMIT" 'BEGIN { exit m > l }' || failures+=("with $count backends the median ratio is above $LIMIT")
done
for count in "${COUNTS[@]}"; do
  printf 'median ratio with %s backends: %s\n' "$count" "$(cat "$WORK/median-$count")"
done
[ ! -e "$WORK/turns" ] || cat "$WORK/turns"
if [ ${#failures[@]} -gt 0 ]; then
  printf 'FAILED: %s\n' "${failures[@]}"
  exit 1
fi
