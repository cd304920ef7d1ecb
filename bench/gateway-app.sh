# shellcheck shell=bash
# Sourced by gateway.sh and fleet.sh: an app with small machines behind a gateway.

make_app() { # folder, count of backends
  rm -rf "$1"
  cp -r "$ROOT/examples/gateway-web" "$1"
  rm -f "$1/.tfgrid-compose"
  set_backends "$1" "$2"
}

set_backends() { # folder of the app, count
  python3 - "$1/tfgrid-compose.yaml" "$2" <<'EOF'
import re, sys
path, count = sys.argv[1:]
text = open(path, encoding="utf-8").read()
for key, value in [("count", count), ("gateway", "{cpu: 1, memory: 512, disk: 2}"), ("backend", "{cpu: 1, memory: 256, disk: 2}")]:
    text, found = re.subn(rf"(?m)^  {key}: .*$", f"  {key}: {value}", text)
    assert found == 1, f"{path}: '{key}' is there {found} times"
open(path, "w", encoding="utf-8").write(text)
EOF
}
