#!/usr/bin/env bash
# Passes the values to the app as JSON. No shell or unit file reads them, so no part of them can be executed.
set -euo pipefail

install -d -m 0750 -o root -g hello /etc/hello
python3 - /etc/hello/env.json <<'PYTHON'
import json, os, shutil, sys
path = sys.argv[1]
with open(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
    json.dump({name: os.environ[name] for name in ("GREETING", "HOSTILE")}, file)
shutil.chown(path + ".new", "hello", "hello")
os.replace(path + ".new", path)
PYTHON
systemctl restart hello.service
