#!/usr/bin/env bash
# Runs on every backend, as root. The app runs from /opt: what lies in /tmp is replaced before the hooks of the next version run.
set -euo pipefail

install -d /opt/gateway-web
install -m 644 /tmp/app-source/app.py /opt/gateway-web/app.py
printf '%s\n' "$APP_VERSION" >/opt/gateway-web/version
printf 'BACKEND=%s\n' "$TFGRID_HOST" >/opt/gateway-web/environment
install -m 644 /tmp/app-source/gateway-web.service /etc/systemd/system/gateway-web.service
systemctl daemon-reload
systemctl enable gateway-web.service
systemctl restart gateway-web.service
