"""The kernel's port forwarding: one file that replaces one table, loaded at boot by /etc/nftables.conf."""

import files
from programs import run

PATH = "/etc/tfgrid-gateway/forwarding.nft"
TABLE = "table ip tfgrid_forwarding"


def load(text):
    """Whether anything changed. Written after it was accepted."""
    if files.read(PATH) == text:
        return False
    run("nft", "-f", "-", text=text)
    return files.write(PATH, text)


def clear():
    """Whether there was any."""
    if files.read(PATH) is None:
        return False
    run("nft", "-f", "-", text=f"{TABLE}\ndelete {TABLE}\n")
    return files.remove(PATH)


def rules(config, backends):
    """New connections are shared out; those that are there stay where they are. Answers come back through here: masquerade."""
    forwards = "".join(f"    {forward(config, service, backends)}\n" for service in config.services) if backends else ""
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
    addresses = [backend.address for backend in backends]
    public = ", ".join(address for address in config.public_addresses if ":" not in address)
    key = f"jhash ip saddr mod {len(addresses)}" if config.balance == "source" else f"numgen inc mod {len(addresses)}"
    target = addresses[0] if len(addresses) == 1 else f"{key} map {{ {', '.join(f'{i} : {address}' for i, address in enumerate(addresses))} }}"
    return f"ip daddr {{ {public} }} tcp dport {service.public_port} dnat to {target}:{service.port}"
