#!/usr/bin/env bash
# Writes the page and serves it.
set -euo pipefail

install -d /srv/hello
printf '%s\n' "$GREETING" >/srv/hello/index.html

cat >/etc/systemd/system/hello.service <<'UNIT'
[Unit]
Description=A page that says hello

[Service]
DynamicUser=yes
ExecStart=/usr/bin/python3 -m http.server --directory /srv/hello --bind :: 8080
Restart=on-failure

[Install]
WantedBy=multi-user.target
UNIT

systemctl daemon-reload
systemctl enable --quiet hello.service
systemctl restart hello.service
