"""Whether a domain leads to this gateway."""

import ipaddress
import socket


def reason_against(domain, own):
    """None where it does. A wrong one is found here, before an authority counts a failed attempt."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(domain, 80, type=socket.SOCK_STREAM)}
    except socket.gaierror as problem:
        return f"the name is not in DNS ({problem.strerror}): add an A record with {first(own, 4)}"
    others = sorted(found - set(own))
    if not others:
        return None
    kinds = {ipaddress.ip_address(other).version for other in others}
    return f"DNS says {', '.join(others)}, and this gateway is {', '.join(own)}: correct the {' and '.join('A' if kind == 4 else 'AAAA' for kind in sorted(kinds))} record; behind a content delivery network, `tfgrid-compose ssl-setup --no-dns-check`"


def first(own, version):
    return next((address for address in own if ipaddress.ip_address(address).version == version), "the gateway's address")
