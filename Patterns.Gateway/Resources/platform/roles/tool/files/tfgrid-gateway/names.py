"""Whether a domain name points to this gateway."""

import ipaddress
import socket


def reason_against(domain, own):
    """None if it does. Checked here first, because authorities count failed attempts."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(domain, 80, type=socket.SOCK_STREAM)}
    except socket.gaierror as problem:
        return f"the name is not in DNS ({problem.strerror}): add an A record with {first(own, 4)}"
    others = sorted(found - set(own))
    if not others:
        return None
    versions = sorted({ipaddress.ip_address(other).version for other in others})
    records = " and ".join("A" if version == 4 else "AAAA" for version in versions)
    return (
        f"DNS says {', '.join(others)}, but this gateway has {', '.join(own)}: correct the {records} record;"
        " behind a content delivery network, use `tfgrid-compose ssl-setup --no-dns-check`")


def first(own, version):
    addresses = [address for address in own if ipaddress.ip_address(address).version == version]
    return addresses[0] if addresses else "the gateway's address"
