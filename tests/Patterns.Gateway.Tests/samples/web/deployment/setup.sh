#!/usr/bin/env bash
set -euo pipefail

cat >/etc/systemd/system/page.service <<'UNIT'
[Service]
ExecStart=/usr/bin/python3 -m http.server --directory /usr/share/doc --bind :: 8080
UNIT
systemctl daemon-reload
systemctl restart page.service
