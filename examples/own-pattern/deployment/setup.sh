#!/usr/bin/env bash
# The pattern serves the page; the app adds a second one.
set -euo pipefail
install -m 0644 /tmp/app-source/about.html /opt/page/about.html
