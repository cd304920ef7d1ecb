"""Certificates: one for each domain. certbot gets and renews them; each is served from one file."""

import glob
import json
import os
import shutil
import time

import authority
import files
import names
from certificate import FOLDER, Certificate, path_of
from locks import held

STATE = "/var/lib/tfgrid-gateway/tls.json"
FIRST_PAUSE = 10 * 60
LONGEST_PAUSE = 24 * 3600


def run(config, balancer, now=False, show=False, renews=False, renew_all=False, check_names=True):
    """Gets what is due.

    `now`: also what failed a short while ago. `renews`: only domains that have a certificate. `show`: for a user, who
    sees the result and gets 1 if a domain has a problem.
    """
    with held("certificates"):
        state = load()
        wanted = config.domains if config.ssl.enabled else []
        for path in glob.glob(f"{FOLDER}/*.pem"):
            shutil.chown(path, group=config.certificate_group)  # the proxy may have changed, and with it the reader
        changed = forget_others(wanted, state)
        for domain in [domain for domain in wanted if not renews or Certificate.of(domain)]:
            if work_on(config, domain, state, now, renew_all, check_names):
                changed.append(domain)
            save(state)
    with held("gateway"):
        changed = any([changed, balancer.refresh()])
    if not show:
        print("changed" if changed else "unchanged")
        return 0
    show_all(config, state)
    return 1 if any("reason" in state.get(domain, {}) for domain in wanted) else 0


def work_on(config, domain, state, now, renew_all, check_names):
    """Returns whether there is a new certificate."""
    known = state.setdefault(domain, {})
    current = Certificate.of(domain)
    is_other = current is not None and known.get("directory") != config.ssl.directory
    if current and not is_other and not current.is_due() and not renew_all:
        known.pop("reason", None)
        return False
    if not now and time.time() < known.get("next", 0):
        return False
    known["tried"] = time.time()
    wrong = names.reason_against(domain, config.public_addresses) if check_names and current is None else None
    problem = wrong or authority.get(config, domain)
    if problem:
        # DNS may be asked at any time, but authorities count failed attempts.
        failures = 0 if wrong else known.get("failures", 0) + 1
        known.update(reason=problem, failures=failures, next=time.time() + pause_after(failures))
        return False
    state[domain] = {"directory": config.ssl.directory}
    return files.write(path_of(domain), authority.chain_and_key(domain), mode=0o640, group=config.certificate_group)


def pause_after(failures):
    return min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE) if failures else 0


def forget_others(wanted, state):
    for domain in [each for each in state if each not in wanted]:
        del state[domain]
    others = [path for path in glob.glob(f"{FOLDER}/*.pem") if os.path.basename(path)[:-4] not in wanted]
    return [path for path in others if files.remove(path)]


def show(config):
    show_all(config, load())
    return 0


def show_all(config, state):
    if not config.ssl.enabled:
        print("no certificates: gateway.ssl.enabled is not set")
    for domain in config.domains if config.ssl.enabled else []:
        print(describe(domain, state.get(domain, {})))


def describe(domain, known):
    current = Certificate.of(domain)
    text = f"{domain}: no certificate yet, served over HTTP"
    if current:
        text = f"{domain}: certificate from {current.issuer}, valid until {current.until:%Y-%m-%d %H:%M} UTC"
    if "reason" not in known:
        return text if current else f"{text}; `tfgrid-compose ssl-setup` tries now"
    is_paused = known.get("next", 0) > time.time()
    next_try = f"after {clock(known['next'])}" if is_paused else "within ten minutes"
    what = "renewal failed: " if current else ""
    return f"{text}; {what}{known['reason']} (last try {clock(known['tried'])}, next {next_try})"


def clock(seconds):
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))


def load():
    return json.loads(files.read(STATE) or "{}")


def save(state):
    files.write(STATE, json.dumps(state, indent=1) + "\n")
