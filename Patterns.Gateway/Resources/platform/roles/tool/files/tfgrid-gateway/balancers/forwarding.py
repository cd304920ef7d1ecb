"""The kernel's port forwarding: one file that replaces one table. /etc/nftables.conf loads it at boot."""

import files
from programs import run

PATH = "/etc/tfgrid-gateway/forwarding.nft"
TABLE = "table ip tfgrid_forwarding"


def load(text):
    """Returns whether anything changed. The file is written after the kernel has accepted the rules."""
    if files.read(PATH) == text:
        return False
    run("nft", "-f", "-", text=text)
    return files.write(PATH, text)


def clear():
    """Returns whether there was anything to remove."""
    if files.read(PATH) is None:
        return False
    run("nft", "-f", "-", text=f"{TABLE}\ndelete {TABLE}\n")
    return files.remove(PATH)


def rules(config, backends):
    """New connections are distributed, existing ones stay. masquerade: answers come back through this machine."""
    services = config.services if backends else []
    forwards = "".join(f"    {forward(config, service, backends)}\n" for service in services)
    return f"""# Written by tfgrid-compose (pattern gateway).
{TABLE}
delete {TABLE}

{TABLE} {{
  chain prerouting {{
    type nat hook prerouting priority dstnat;
{forwards}  }}

  chain postrouting {{
    type nat hook postrouting priority srcnat;
    ct status dnat masquerade
  }}

  chain forward {{
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    ct status dnat accept
  }}
}}
"""


def forward(config, service, backends):
    public = ", ".join(address for address in config.public_addresses if ":" not in address)
    target = target_of(config, [backend.address for backend in backends])
    return f"ip daddr {{ {public} }} tcp dport {service.public_port} dnat to {target}:{service.port}"


def target_of(config, addresses):
    if len(addresses) == 1:
        return addresses[0]
    key = f"jhash ip saddr mod {len(addresses)}" if config.balance == "source" else f"numgen inc mod {len(addresses)}"
    return f"{key} map {{ {', '.join(f'{i} : {address}' for i, address in enumerate(addresses))} }}"
