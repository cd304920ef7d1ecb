# shellcheck shell=bash
# Sourced by test.sh: removes what an interrupted or crashed run of the tests left. The run's own folder for temporary files tells what
# that is, so nothing else on this computer is touched. A run that ended well leaves nothing.

# Removes programs, then machines, mounts and the folder itself, which stays if something in it must be removed by hand.
remove_leftovers() { # the run's folder, the product's folder
  local folder=$1 product=$2 file mount
  [ -d "$folder" ] || return 0
  end_processes_of "$folder"
  while read -r file; do
    take_down "$file" "$product" "$folder/down.log"
  done < <(find "$folder" -type f -name deployment.json -path '*/deployments/*' 2>/dev/null)
  while read -r file; do
    destroy "${file%/*}" "$product" "$folder/down.log"
  done < <(find "$folder" -type f -name terraform.tfstate -path '*/tfgrid-lab*/app/*' 2>/dev/null)
  while read -r mount; do
    as_root umount --lazy "$mount" 2>/dev/null || true
  done < <(awk -v folder="$folder/" 'index($2, folder) == 1 { print $2 }' /proc/mounts 2>/dev/null)
  if [ -e "$folder/down.failed" ]; then
    say "    not everything could be removed: $folder/down.log says why; what knows of it stays in $folder"
  else
    rm -rf "$folder"
  fi
}

# Ends programs that left their lane's process group: those whose folder for temporary files is in the run's.
end_processes_of() { # folder
  local ids
  ids=$(grep -lzs "^TMPDIR=$1/" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3) || true
  [ -n "$ids" ] || return 0
  say "    ending processes that were left: $(printf '%s' "$ids" | tr '\n' ' ')"
  # shellcheck disable=SC2086 # a word for each process
  end_processes $ids
}

# Takes down a deployment that the local grid still has. Tests also write records of deployments that never existed; those are
# left alone.
take_down() { # deployment.json, the product's folder, log
  local home=${1%/deployments/*} id
  id=$(basename "${1%/*}")
  grep -qs "\"tfc/$id\"" /var/lib/tfgrid-localgrid/world.json || return 0
  say "    taking down a deployment that was left: $id"
  TFGRID_COMPOSE_HOME=$home "$2/tfgrid-compose" down "$id" --yes </dev/null >>"$3" 2>&1 || : >"${3%.log}.failed"
}

# Destroys what the local grid's own tests deployed with plain Terraform.
destroy() { # Terraform folder, the product's folder, log
  grep -qs '"type": "grid_' "$1/terraform.tfstate" || return 0
  say "    destroying machines that were left: $1"
  (cd "$1" && TF_CLI_CONFIG_FILE=$1/../terraformrc TFGRID_LOCALGRID=$2/localgrid/tfgrid-localgrid \
    terraform destroy -auto-approve -no-color) </dev/null >>"$3" 2>&1 || : >"${3%.log}.failed"
}
