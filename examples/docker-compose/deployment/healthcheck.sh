#!/usr/bin/env bash
# Waits until both services answer, for at most 60 attempts.
set -euo pipefail

for _ in {1..60}; do
  if curl --fail --silent --max-time 2 http://localhost:8080/health; then
    exit 0
  fi
  sleep 0.5
done

cd /opt/docker-compose
docker-compose ps >&2 || true
docker-compose logs --tail=20 >&2 || true
exit 1
