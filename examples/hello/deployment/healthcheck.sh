#!/usr/bin/env bash
# Waits until the app answers, for at most 40 attempts.
set -euo pipefail

for _ in {1..40}; do
  if curl --fail --silent --max-time 2 http://localhost:8080/health; then
    exit 0
  fi
  sleep 0.5
done

systemctl status --no-pager --lines=20 hello.service >&2 || true
exit 1
