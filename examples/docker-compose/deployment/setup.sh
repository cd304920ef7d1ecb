#!/usr/bin/env bash
# Installs the compose file, and makes the image of its services. With images from a registry, the second part is not needed.
set -euo pipefail

install -d /opt/docker-compose
install -m 0644 /tmp/app-source/{docker-compose.yml,web.py,counter.py} /opt/docker-compose/

# This machine's Python, its library, and the system's libraries that they load.
python=$(realpath /usr/bin/python3)
library=/usr/lib/$(basename "$python")
{
  printf '%s\n' "$python" "$library"
  ldd "$python" "$library"/lib-dynload/*.so | grep --only-matching '/[^ ]*[^ :]' | grep --invert-match "^$library/"
} | sort --unique | tar --create --dereference --hard-dereference --exclude=__pycache__ --absolute-names \
  --files-from - --transform 's,^/,,' | docker import --change "ENTRYPOINT [\"$python\"]" - python-of-this-machine >/dev/null
echo "the image python-of-this-machine is ready"
