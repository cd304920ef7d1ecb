#!/usr/bin/env bash
# Must end with 0 before this backend counts as set up.
set -euo pipefail

for _ in {1..50}; do
  if curl --fail --silent --max-time 2 http://localhost:8080/health; then
    exit 0
  fi
  sleep 0.2
done
journalctl --unit gateway-web.service --lines 20 --no-pager >&2
exit 1
