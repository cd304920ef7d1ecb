"""The ACME client. Its challenges arrive through the proxy, which sends them to it: https://eff-certbot.readthedocs.io"""

import os

import files
from programs import run

CA = "/var/lib/tfgrid-gateway/acme-ca.pem"
LIVE = "/etc/letsencrypt/live"
LIMIT = 300


def get(config, domain):
    """None where it was got, else the authority's reason."""
    try:
        run(*command(config, domain), limit=LIMIT, environment=environment(config))
        return None
    except RuntimeError as problem:
        return reason_in(str(problem), config.ssl.directory)


def command(config, domain):
    return [
        "certbot", "certonly", "--non-interactive", "--agree-tos", "--email", config.ssl.email,
        "--server", config.ssl.directory, "--cert-name", domain, "--domain", domain,
        "--standalone", "--preferred-challenges", "http", "--http-01-address", "127.0.0.1", "--http-01-port", str(config.ssl.port),
        "--force-renewal",  # what certbot has of this name may be another authority's
    ]


def environment(config):
    """A private authority's own certificate is signed by a root that nobody else knows."""
    if not config.ssl.ca:
        return None
    files.write(CA, config.ssl.ca)
    return os.environ | {"REQUESTS_CA_BUNDLE": CA}


def chain_and_key(domain):
    return "".join(files.read(f"{LIVE}/{domain}/{name}.pem") or "" for name in ("fullchain", "privkey"))


def reason_in(text, directory):
    if "requests.exceptions" in text:
        return f"the gateway cannot reach the authority at {directory}; /var/log/letsencrypt on the gateway says more"
    details = [line.split("Detail:", 1)[1].strip() for line in text.splitlines() if "Detail:" in line]
    lines = [line.strip() for line in text.splitlines() if line.strip() and "Ask for help" not in line and "See the logfile" not in line]
    return details[0] if details else " ".join(lines[-2:])
