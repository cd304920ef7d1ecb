"""A certificate as it is served: chain and key in one file."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from programs import run

FOLDER = "/etc/tfgrid-gateway/certs"
LONGEST_LEAD = timedelta(days=30)


def path_of(domain):
    return f"{FOLDER}/{domain}.pem"


@dataclass(frozen=True)
class Certificate:
    since: datetime
    until: datetime
    issuer: str

    @staticmethod
    def of(domain):
        """None if there is none."""
        if not os.path.exists(path_of(domain)):
            return None
        text = run(
            "openssl", "x509", "-in", path_of(domain), "-noout", "-startdate", "-enddate",
            "-issuer", "-nameopt", "multiline,-esc_msb,utf8")
        fields = dict(line.strip().split("=", 1) for line in text.splitlines() if "=" in line)
        named = {key.strip(): value.strip() for key, value in fields.items()}
        issuer = named.get("organizationName") or named.get("commonName") or "an unnamed authority"
        return Certificate(moment(named["notBefore"]), moment(named["notAfter"]), issuer)

    def is_due(self):
        """Due in the last third of its life, at most 30 days before it expires."""
        lead = min(LONGEST_LEAD, (self.until - self.since) / 3)
        return datetime.now(timezone.utc) > self.until - lead


def moment(text):
    return datetime.strptime(text, "%b %d %H:%M:%S %Y %Z").replace(tzinfo=timezone.utc)
