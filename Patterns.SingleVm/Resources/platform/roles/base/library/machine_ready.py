#!/usr/bin/python3
"""Ansible module: makes a new machine ready to install packages, and installs them.

A new machine of the grid is often not ready. Its resolv.conf may name a server that does not answer, its package lists are as old as
its image or missing, and its first automatic update holds apt's locks. So, in this order:

1. The names of apt's mirrors are looked up. If none is found, resolv.conf gets name servers that answer.
2. If a package is missing, the lists are refreshed, whatever their age says: a list can be new and empty. They are also refreshed if
   there are none, or if they are older than a day, because the app's hooks may install packages too.
3. Missing packages are installed.

packages: names, or NAME=VERSION.
"""

import glob
import ipaddress
import os
import random
import re
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from ansible.module_utils.basic import AnsibleModule

RESOLV_CONF = "/etc/resolv.conf"
LISTS = "/var/lib/apt/lists"
STAMP = "/var/lib/apt/periodic/update-success-stamp"
SOURCES = ["/etc/apt/sources.list", "/etc/apt/sources.list.d/*.list", "/etc/apt/sources.list.d/*.sources"]

# What the machine was told when it was made: by its node through cloud-init, or through systemd.
TOLD = ["/etc/netplan/*.yaml", "/run/systemd/resolve/resolv.conf"]
# What the grid gives to its machines (zosbase, pkg/primitives/vm/vm.go), and one for machines with IPv6 alone.
PUBLIC = ["1.1.1.1", "8.8.8.8", "2001:4860:4860::8888", "2606:4700:4700::1111"]
DNS_PORT = 53
MOST_SERVERS = 3  # the C library reads no more
MOST_MIRRORS = 2  # a name server that does not answer takes all the time that a lookup has

DAY = 24 * 3600  # all times in seconds
LOOKUP_LIMIT = 10
ANSWER_LIMIT = 2
COMMAND_LIMIT = 3600
LOCK_LIMIT = 300
LOCK_PAUSE = 2
TRIES = 3
PAUSE = 5

APT = {"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "a"}
IS_LOCKED = re.compile(r"Could not get lock|Unable to lock|is another process using it")


class Failed(Exception):
    """What could not be done, for people."""


def run(*command, limit=COMMAND_LIMIT):
    """The exit code and what it said."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **APT},
            timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return 124, f"{command[0]} did not end within {limit} s"
    return done.returncode, done.stdout.decode(errors="replace")


def texts_of(patterns):
    for path in sorted(each for pattern in patterns for each in glob.glob(pattern)):
        with open(path, encoding="utf-8", errors="replace") as file:
            yield file.read()


def is_address(text):
    try:
        return ipaddress.ip_address(text) is not None
    except ValueError:
        return False


# 1. Names

def mirrors():
    """The names of the computers from which apt gets packages."""
    lines = [line for text in texts_of(SOURCES) for line in text.splitlines() if not line.lstrip().startswith("#")]
    urls = [word for line in lines for word in line.split() if word.startswith(("http://", "https://"))]
    hosts = [urlsplit(url).hostname for url in urls]
    return list(dict.fromkeys(host for host in hosts if host and not is_address(host)))[:MOST_MIRRORS]


def is_found(host):
    return run("getent", "ahosts", host, limit=LOOKUP_LIMIT)[0] == 0


def servers_told():
    """The name servers in files of cloud-init and systemd: "nameserver A", or a list below "nameservers:"."""
    for text in texts_of(TOLD):
        depth = None
        for line in text.splitlines():
            words = re.split(r"[\s\[\],'\"]+", line.strip())
            indentation = len(line) - len(line.lstrip())
            if words[0] == "nameservers:":
                depth = indentation
            elif depth is not None and indentation <= depth:
                depth = None
            if depth is not None or words[0] == "nameserver":
                yield from (word for word in words if is_address(word))


def question(number, host):
    """A question of DNS for an IPv4 address."""
    labels = b"".join(bytes([len(label)]) + label for label in host.encode("idna").split(b"."))
    return number.to_bytes(2, "big") + b"\1\0\0\1\0\0\0\0\0\0" + labels + b"\0\0\1\0\1"


def answers(server, host):
    """Whether a name server knows the host."""
    number = random.randrange(1 << 16)
    family = socket.AF_INET6 if ":" in server else socket.AF_INET
    for _ in range(2):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as connection:
                connection.settimeout(ANSWER_LIMIT)
                connection.connect((server, DNS_PORT))
                connection.send(question(number, host))
                reply = connection.recv(4096)
        except (OSError, UnicodeError):
            continue
        # An answer without an error, and with at least one record.
        if reply[:2] == number.to_bytes(2, "big") and len(reply) > 12 and reply[3] & 15 == 0 and reply[6:8] != b"\0\0":
            return True
    return False


def mend_names(check):
    """Whether resolv.conf was changed; raises Failed if names are not found and no server answers."""
    hosts = mirrors()
    if not hosts or any(map(is_found, hosts)):
        return False
    if check:
        return True
    servers = list(dict.fromkeys([*servers_told(), *PUBLIC]))
    with ThreadPoolExecutor(len(servers)) as pool:
        good = [server for server, does in zip(servers, pool.map(lambda each: answers(each, hosts[0]), servers)) if does]
    if not good:
        raise Failed(
            f"{hosts[0]} is not found: the name servers in {RESOLV_CONF} do not know it, and none of {', '.join(servers)} answers")
    write(RESOLV_CONF, "# Written by tfgrid-compose: the name servers before did not answer.\n"
          + "".join(f"nameserver {server}\n" for server in good[:MOST_SERVERS]))
    if not any(map(is_found, hosts)):
        raise Failed(f"{hosts[0]} is not found, although {RESOLV_CONF} now names {good[0]}, which knows it: see /etc/nsswitch.conf")
    return True


def write(path, text):
    """Replaces the file, or a link that points to nothing."""
    with open(path + ".new", "w", encoding="ascii") as file:
        file.write(text)
    os.chmod(path + ".new", 0o644)
    os.replace(path + ".new", path)


# 2. Package lists

def are_old():
    """Not by the age of the files in it: apt gives them that of the mirror's."""
    if not any(os.path.getsize(path) for path in glob.glob(os.path.join(LISTS, "*_Packages*"))):
        return True
    return time.time() - max(os.path.getmtime(path) for path in (LISTS, STAMP) if os.path.exists(path)) > DAY


def refresh():
    tries, end = 0, time.monotonic() + LOCK_LIMIT
    while True:
        code, said = run("apt-get", "-q", "-o", "APT::Update::Error-Mode=any", "update")
        if code == 0:
            break
        locked = IS_LOCKED.search(said) is not None
        tries += 0 if locked else 1
        if tries == TRIES or (locked and time.monotonic() > end):
            raise Failed(f"the package lists could not be refreshed: {errors_in(said)}")
        time.sleep(LOCK_PAUSE if locked else PAUSE)
    os.makedirs(os.path.dirname(STAMP), exist_ok=True)
    with open(STAMP, "a", encoding="ascii"):
        os.utime(STAMP)


def errors_in(said):
    lines = [line for line in said.splitlines() if line.startswith(("E:", "Err:"))]
    return " ".join(lines[:6] or said.splitlines()[-6:])


# 3. Packages

def missing(wanted):
    """Those of the packages that are not installed, in that version."""
    names = [each.split("=")[0] for each in wanted]
    form = "${db:Status-Abbrev} ${Package} ${Package}:${Architecture} ${Version}\n"
    installed = set()
    for line in run("dpkg-query", "--show", "--showformat", form, *names)[1].splitlines() if names else []:
        words = line.split()
        if len(words) == 4 and words[0] in ("ii", "hi"):
            installed.update([*words[1:3], *(f"{name}={words[3]}" for name in words[1:3])])
    return [each for each in wanted if each not in installed]


def install(packages):
    for name in packages:
        # apt-get removes a package whose name has a minus at its end.
        if name.startswith("-") or name.endswith("-"):
            raise Failed(f"'{name}' is no name of a package")
    code, said = run(
        "apt-get", "-q", "-y", "--no-install-recommends", "-o", f"DPkg::Lock::Timeout={LOCK_LIMIT}", "-o", "Acquire::Retries=3",
        "-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold", "install", "--", *packages)
    if code != 0:
        raise Failed(f"{', '.join(packages)} could not be installed: {errors_in(said)}")
    return "\nSetting up " in said


def ensure(wanted, check):
    """What was done, and problems that were none in the end: a proxy, for example, finds names that the machine does not."""
    result, problems = {"mended": False, "refreshed": False, "installed": [], "changed": False}, []
    try:
        result["mended"] = mend_names(check)
    except (Failed, OSError) as problem:
        problems.append(str(problem))
    lacking = missing(wanted)
    if lacking or are_old():
        result["refreshed"] = True
        try:
            if not check:
                refresh()
        except (Failed, OSError) as problem:
            problems.append(str(problem))
            result["refreshed"] = False
    try:
        if lacking and (check or install(lacking)):
            result["installed"] = lacking
    except Failed as problem:
        raise Failed("; ".join([*problems, str(problem)])) from problem
    # Lists that are newer change nothing on the machine.
    result["changed"] = bool(result["mended"] or result["installed"])
    return result, problems


def main():
    module = AnsibleModule(
        argument_spec={"packages": {"type": "list", "elements": "str", "required": True}}, supports_check_mode=True)
    try:
        result, problems = ensure(list(dict.fromkeys(module.params["packages"])), module.check_mode)
    except (Failed, OSError) as error:
        module.fail_json(msg=str(error))
    for problem in problems:
        module.warn(problem)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
