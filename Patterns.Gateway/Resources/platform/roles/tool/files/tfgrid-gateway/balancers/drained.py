"""The backends that are out of service, for balancers that do not remember it themselves."""

import files
import probe

OUT = "/var/lib/tfgrid-gateway/out-of-service"
KNOWN = "/var/lib/tfgrid-gateway/backends"


def names(config):
    return {name for name in words(OUT) if config.has(name)}


def change(config, name, is_out):
    save(OUT, names(config) | {name} if is_out else names(config) - {name})


def admit(config):
    """A new backend that is not healthy yet stays out until it is put into service. Removed backends are forgotten."""
    new = [backend for backend in config.backends if backend.name not in words(KNOWN)]
    save(OUT, names(config) | {backend.name for backend in new if probe.reasons(config, backend)})
    save(KNOWN, {backend.name for backend in config.backends})


def words(path):
    return set((files.read(path) or "").split())


def save(path, those):
    files.write(path, "".join(f"{name}\n" for name in sorted(those)))
