"""Asks the certificate authority, through certbot (https://eff-certbot.readthedocs.io). The proxy forwards challenges."""

import os
import time

import certbot_log
import failure
import files
import programs

CA = "/var/lib/tfgrid-gateway/acme-ca.pem"
LIVE = "/etc/letsencrypt/live"
LIMIT = 300

# A transient failure is retried at once: this many tries in all, none of which starts after this many seconds.
TRIES = 3
RETRY_WITHIN = 120

# Lines of certbot's output that do not name the cause.
ADVICE = ("Saving debug log", "An unexpected error occurred", "Ask for help", "See the logfile")


def get(config, domain):
    """None on success, else the reason."""
    end = time.monotonic() + RETRY_WITHIN
    for number in range(1, TRIES + 1):
        failed = ask(config, domain)
        if failed is None:
            return None
        if not failed.is_transient or time.monotonic() > end:
            break
    return failed.reason if number == 1 else f"{failed.reason}; {number} tries"


def ask(config, domain):
    """One run of certbot: None on success, else the Failure."""
    before = certbot_log.mark()
    try:
        programs.run(*command(config, domain), limit=LIMIT, environment=environment(config))
        return None
    except programs.Failed as problem:
        return failure.of(certbot_log.since(before), words_of(problem), config.ssl.directory)


def command(config, domain):
    return [
        "certbot", "certonly", "--non-interactive", "--agree-tos", "--email", config.ssl.email,
        "--server", config.ssl.directory, "--cert-name", domain, "--domain", domain,
        "--standalone", "--preferred-challenges", "http",
        "--http-01-address", "127.0.0.1", "--http-01-port", str(config.ssl.port),
        "--force-renewal",  # certbot's certificate for this name may come from another authority
    ]


def environment(config):
    """The certificate of a private authority's server is signed by a root that nobody else knows."""
    if not config.ssl.ca:
        return None
    files.write(CA, config.ssl.ca)
    return os.environ | {"REQUESTS_CA_BUNDLE": CA}


def chain_and_key(domain):
    return "".join(files.read(f"{LIVE}/{domain}/{name}.pem") or "" for name in ("fullchain", "privkey"))


def words_of(problem):
    """What certbot itself said, without its advice."""
    lines = [line.strip() for line in problem.output.splitlines()]
    return " ".join(line for line in lines if line and not line.startswith(ADVICE)) or str(problem)
