#!/usr/bin/env bash
# Starts the services anew: a changed program is a mounted file, which compose does not look at.
set -euo pipefail

cd /opt/docker-compose
docker-compose up --detach --remove-orphans --force-recreate
