"""Certificates: one for each domain, got and renewed by certbot, served from one file each."""

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
    """Gets what is due. `now`: also what failed a short while ago; `renews`: what is there already. Ends with 1 where something could not be got and somebody asked."""
    with held("certificates"):
        state = load()
        wanted = config.domains if config.ssl.enabled else []
        for path in glob.glob(f"{FOLDER}/*.pem"):
            shutil.chown(path, group=config.certificate_group)  # another proxy, another reader
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
    """Whether there is another certificate now."""
    known = state.setdefault(domain, {})
    there = Certificate.of(domain)
    is_other = there is not None and known.get("directory") != config.ssl.directory
    if there and not is_other and not there.is_due() and not renew_all:
        known.pop("reason", None)
        return False
    if not now and time.time() < known.get("next", 0):
        return False
    known["tried"] = time.time()
    wrong = names.reason_against(domain, config.public_addresses) if check_names and there is None else None
    problem = wrong or authority.get(config, domain)
    if problem:
        # Asking the name costs nobody anything; authorities count failed attempts.
        failures = 0 if wrong else known.get("failures", 0) + 1
        known.update(reason=problem, failures=failures, next=time.time() + (min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE) if failures else 0))
        return False
    state[domain] = {"directory": config.ssl.directory}
    return files.write(path_of(domain), authority.chain_and_key(domain), mode=0o640, group=config.certificate_group)


def forget_others(wanted, state):
    for domain in [each for each in state if each not in wanted]:
        del state[domain]
    gone = [path for path in glob.glob(f"{FOLDER}/*.pem") if os.path.basename(path)[:-4] not in wanted]
    return [path for path in gone if files.remove(path)]


def show(config):
    show_all(config, load())
    return 0


def show_all(config, state):
    if not config.ssl.enabled:
        print("no certificates: gateway.ssl.enabled is not set")
    for domain in config.domains if config.ssl.enabled else []:
        print(describe(domain, state.get(domain, {})))


def describe(domain, known):
    there = Certificate.of(domain)
    text = f"{domain}: certificate of {there.issuer}, valid until {there.until:%Y-%m-%d %H:%M} UTC" if there else f"{domain}: no certificate yet, served over HTTP"
    if "reason" not in known:
        return text if there else f"{text}; `tfgrid-compose ssl-setup` tries now"
    again = f"tried {clock(known['tried'])}, tried again " + ("within ten minutes" if not known.get("next", 0) > time.time() else f"after {clock(known['next'])}")
    return f"{text}; {'renewal failed: ' if there else ''}{known['reason']} ({again})"


def clock(seconds):
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))


def load():
    return json.loads(files.read(STATE) or "{}")


def save(state):
    files.write(STATE, json.dumps(state, indent=1) + "\n")
