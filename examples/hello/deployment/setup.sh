#!/usr/bin/env bash
# Installs the app: a user without a login, the program, the service.
set -euo pipefail

id hello >/dev/null 2>&1 || useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin hello
install -d /opt/hello
install -m 0644 /tmp/app-source/app.py /opt/hello/app.py
install -m 0644 /tmp/app-source/hello.service /etc/systemd/system/hello.service
systemctl daemon-reload
systemctl enable --quiet hello.service
echo "hello ${APP_VERSION:-} is installed in /opt/hello"
