#!/usr/bin/env bash
# Runs on every backend, as root. The app runs from /opt, because the next version replaces the files in /tmp before its hooks run.
set -euo pipefail

install -d /opt/gateway-web
install -m 644 /tmp/app-source/app.py /opt/gateway-web/app.py
printf '%s\n' "$APP_VERSION" >/opt/gateway-web/version
printf 'BACKEND=%s\n' "$TFGRID_HOST" >/opt/gateway-web/environment
install -m 644 /tmp/app-source/gateway-web.service /etc/systemd/system/gateway-web.service
systemctl daemon-reload
systemctl enable gateway-web.service
systemctl restart gateway-web.service
