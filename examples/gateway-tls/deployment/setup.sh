#!/usr/bin/env bash
# Runs on every backend, as root.
set -euo pipefail

install -d /opt/site
install -m 644 /tmp/app-source/index.html /opt/site/index.html
cat >/etc/systemd/system/site.service <<'UNIT'
[Service]
ExecStart=/usr/bin/python3 -m http.server --directory /opt/site --bind :: 8080
Restart=always

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable site.service
systemctl restart site.service
