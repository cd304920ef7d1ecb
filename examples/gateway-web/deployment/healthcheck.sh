#!/usr/bin/env bash
# Must exit with 0 before this backend counts as set up.
set -euo pipefail

status=none
for _ in {1..50}; do
  status=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 2 http://localhost:8080/health || true)
  [ "$status" != 200 ] || exit 0
  sleep 0.2
done
journalctl --unit gateway-web.service --lines 20 --no-pager >&2
echo "/health answers $status, not 200" >&2
exit 1
