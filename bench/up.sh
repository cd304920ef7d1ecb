#!/usr/bin/env bash
# Times `up` and `down` of examples/hello on the local grid beside a plain script that runs the same terraform, wg-quick, ssh,
# ansible-playbook and copy commands by hand. The two run in turn; each ratio is of one round, and the median over the rounds is printed.
# usage: bench/up.sh [ROUNDS]   (as root, after ./demo.sh has built the product)
set -euo pipefail

ROUNDS=${1:-5}
ROOT=$(cd "$(dirname "$0")/.." && pwd)
PRODUCT=${TFGRID_COMPOSE_PRODUCT:-$ROOT/artifacts/tfgrid-compose}
WORK=$(mktemp -d)
ADDRESS_RANGE=10.254 # of the script's machine; the product takes its own
INTERFACE=wg-bench
SCRIPT_ID=bench$$
SSH=(ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o "UserKnownHostsFile=$WORK/known_hosts" -o ConnectTimeout=5 -i "$WORK/home/.ssh/id_ed25519")

export HOME=$WORK/home TFGRID_LOCALGRID=$PRODUCT/localgrid/tfgrid-localgrid
unset TFGRID_COMPOSE_HOME

finish() {
  "$PRODUCT/tfgrid-compose" down "$WORK/hello" --yes >/dev/null 2>&1 || true
  script_down >/dev/null 2>&1 || true
  rm -rf "$WORK"
}

prepare() {
  mkdir -p "$HOME/.ssh"
  ssh-keygen -q -t ed25519 -N '' -f "$HOME/.ssh/id_ed25519"
  cp -r "$ROOT/examples/hello" "$WORK/hello"
  rm -f "$WORK/hello/.tfgrid-compose"
  # A first deployment fills every cache and leaves the files that the script works from.
  "$PRODUCT/tfgrid-compose" up "$WORK/hello" --grid local >"$WORK/first.log" 2>&1 || { cat "$WORK/first.log" >&2; exit 1; }
  cp -rL "$WORK/hello/.tfgrid-compose" "$WORK/template"
  "$PRODUCT/tfgrid-compose" down "$WORK/hello" --yes >/dev/null 2>&1
  rm -rf "$WORK/template/terraform/.terraform" "$WORK"/template/terraform/*.tfstate* "$WORK/template/terraform/.terraform.lock.hcl" "$WORK/template/ansible/facts" "$WORK/template/ansible/ansible.cfg"
  local id range
  id=$(basename "$(sed -n 's/^deployment_id: *//p' "$WORK/template/state.yaml")")
  range=$(sed -n 's/.*"ip_range": "\(10\.[0-9]*\)\..*/\1/p' "$WORK/template/terraform/terraform.tfvars.json" | head -n 1)
  sed -i "s/$id/$SCRIPT_ID/g; s/${range//./\\.}\.0\.0/$ADDRESS_RANGE.0.0/g" "$WORK/template/terraform/terraform.tfvars.json"
}

script_up() {
  rm -rf "$WORK/script" "$WORK/known_hosts"
  cp -r "$WORK/template" "$WORK/script"
  cd "$WORK/script/terraform"
  export TF_CLI_CONFIG_FILE=$HOME/.tfgrid-compose/terraform-local.rc
  terraform init -input=false
  terraform apply -input=false -auto-approve
  terraform output -raw wg_config | sed "s|^AllowedIPs.*|AllowedIPs = $ADDRESS_RANGE.0.0/16|" >"$WORK/script/$INTERFACE.conf"
  chmod 600 "$WORK/script/$INTERFACE.conf"
  wg-quick up "$WORK/script/$INTERFACE.conf"
  local ip
  ip=$(terraform output -raw primary_ip)
  for _ in $(seq 300); do
    ! "${SSH[@]}" "root@$ip" true || break
    sleep 0.2
  done
  printf '[vms]\nvm ansible_host=%s ansible_user=root ansible_python_interpreter=/usr/bin/python3 ansible_ssh_private_key_file=%s\n' "$ip" "$HOME/.ssh/id_ed25519" >"$WORK/script/inventory.ini"
  ANSIBLE_HOST_KEY_CHECKING=True ANSIBLE_SSH_COMMON_ARGS="-o UserKnownHostsFile=$WORK/known_hosts" \
    ansible-playbook -i "$WORK/script/inventory.ini" "$WORK/script/ansible/site.yml"
  "${SSH[@]}" "root@$ip" 'rm -rf /tmp/app-deployment /tmp/app-source && mkdir /tmp/app-deployment /tmp/app-source'
  tar -C "$WORK/hello/deployment" -czf - . | "${SSH[@]}" "root@$ip" 'tar -C /tmp/app-deployment -xzf -'
  tar -C "$WORK/hello/src" -czf - . | "${SSH[@]}" "root@$ip" 'tar -C /tmp/app-source -xzf -'
  for hook in setup configure healthcheck; do
    "${SSH[@]}" "root@$ip" "cd /tmp/app-deployment && GREETING=hello HOSTILE=x APP_NAME=hello APP_VERSION=1.0.0 ./$hook.sh"
  done
}

script_down() {
  cd "$WORK/script/terraform"
  export TF_CLI_CONFIG_FILE=$HOME/.tfgrid-compose/terraform-local.rc
  wg-quick down "$WORK/script/$INTERFACE.conf"
  terraform destroy -input=false -auto-approve
  rm -rf "$WORK/script"
}

product_up() { "$PRODUCT/tfgrid-compose" up "$WORK/hello" --grid local; }
product_down() { "$PRODUCT/tfgrid-compose" down "$WORK/hello" --yes; }

# Prints how many seconds a function takes; its output is shown only if it fails. It runs in a subshell, because `set -e` does
# not act in a condition.
timed() {
  local begin end
  begin=$EPOCHREALTIME
  (set -e; "$1") >"$WORK/$1.log" 2>&1 </dev/null &
  wait $! || { cat "$WORK/$1.log" >&2; exit 1; }
  end=$EPOCHREALTIME
  awk -v a="$begin" -v b="$end" 'BEGIN { printf "%.2f", b - a }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

trap finish EXIT
prepare
printf 'round  up    script  ratio   down  script  ratio\n'
for round in $(seq "$ROUNDS"); do
  up=$(timed product_up)
  down=$(timed product_down)
  by_hand_up=$(timed script_up)
  by_hand_down=$(timed script_down)
  awk -v n="$round" -v a="$up" -v b="$by_hand_up" -v c="$down" -v d="$by_hand_down" \
    'BEGIN { printf "%5d  %.2f  %.2f    %.2f    %.2f  %.2f    %.2f\n", n, a, b, a / b, c, d, c / d }' | tee -a "$WORK/rows"
done
printf 'median ratio: up %s, down %s\n' "$(awk '{ print $4 }' "$WORK/rows" | median)" "$(awk '{ print $7 }' "$WORK/rows" | median)"
