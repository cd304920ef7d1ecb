"""Which backends are out of service, where the balancer itself does not remember it."""

import files

PATH = "/var/lib/tfgrid-gateway/out-of-service"


def names(config):
    return {name for name in (files.read(PATH) or "").split() if config.has(name)}


def change(config, name, is_out):
    now = names(config) | {name} if is_out else names(config) - {name}
    files.write(PATH, "".join(f"{each}\n" for each in sorted(now)))
