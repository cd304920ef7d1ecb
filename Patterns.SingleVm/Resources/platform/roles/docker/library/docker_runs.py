#!/usr/bin/python3
"""Ansible module: makes sure that Docker runs containers on this machine's file system.

Docker chooses a storage driver by asking the kernel. On some file systems, such as the root of a grid machine, it chooses one
that fails as soon as a container starts. So a container runs here, from an image of this machine's own shell, and changes files
of its image. If it fails and Docker has no images and no containers yet, Docker gets the driver vfs, which works everywhere.
Images of one driver are not seen by another, so the driver of a Docker in use is never changed.
"""

import json
import os
import shutil
import subprocess
import tempfile

from ansible.module_utils.basic import AnsibleModule

CONFIGURATION = "/etc/docker/daemon.json"
SAFE = "vfs"
IMAGE = "tfgrid-compose-check"
LIMIT = 120  # seconds
SCRIPT = "rm /srv/old && mv /srv/folder /srv/moved && echo new >/srv/new"


class Failed(Exception):
    """A program that failed, with what it said."""


def run(*command, stdin=None):
    try:
        done = subprocess.run(command, stdin=stdin, capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{' '.join(command[:2])} did not end within {LIMIT} s") from error
    if done.returncode != 0:
        raise Failed(f"{' '.join(command[:2])}: {done.stderr.decode(errors='replace').strip()[-2000:]}")
    return done.stdout.decode(errors="replace").strip()


def files_of(programs):
    """The programs and the libraries that they load."""
    for program in programs:
        yield program
        for word in run("ldd", program).split():
            if word.startswith("/"):
                yield word


def image_in(folder, shell):
    """A file with the image: the shell, two programs and some files."""
    root = os.path.join(folder, "root")
    programs = [os.path.realpath(shutil.which(name)) for name in ("rm", "mv")]
    for path in {shell, *files_of([shell, *programs])}:
        copy = os.path.join(root, path.lstrip("/"))
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        shutil.copy(path, copy)
    os.makedirs(os.path.join(root, "srv/folder"))
    for name in ("old", "folder/file"):
        with open(os.path.join(root, "srv", name), "w", encoding="ascii") as file:
            file.write("\n")
    # Programs are called by their paths, which differ between distributions.
    os.makedirs(os.path.join(root, "check"))
    for program in programs:
        os.symlink(program, os.path.join(root, "check", os.path.basename(program)))
    archive = os.path.join(folder, "image.tar")
    run("tar", "--directory", root, "--create", "--file", archive, ".")
    return archive


def check():
    """Runs a container; raises Failed."""
    shell = os.path.realpath("/bin/sh")
    with tempfile.TemporaryDirectory() as folder:
        archive = image_in(folder, shell)
        try:
            run("docker", "import", archive, IMAGE)
            run("docker", "run", "--rm", "--env", "PATH=/check", IMAGE, shell, "-c", SCRIPT)
        finally:
            subprocess.run(["docker", "image", "rm", "--force", IMAGE], capture_output=True, timeout=LIMIT, check=False)


def driver():
    return run("docker", "info", "--format", "{{.Driver}}")


def is_used():
    return run("docker", "ps", "--all", "--quiet") != "" or run("docker", "images", "--quiet") != ""


def configuration():
    """What daemon.json says; nothing if there is none."""
    if not os.path.exists(CONFIGURATION):
        return {}
    with open(CONFIGURATION, encoding="utf-8") as file:
        return json.load(file)


def use(name):
    settings = {**configuration(), "storage-driver": name}
    os.makedirs(os.path.dirname(CONFIGURATION), exist_ok=True)
    with open(CONFIGURATION + ".new", "w", encoding="utf-8") as file:
        json.dump(settings, file, indent=4, sort_keys=True)
        file.write("\n")
    os.replace(CONFIGURATION + ".new", CONFIGURATION)
    run("systemctl", "restart", "docker.service")


def ensure():
    """The driver, and whether it was changed."""
    try:
        check()
        return driver(), False
    except Failed:
        if driver() == SAFE or "storage-driver" in configuration() or is_used():
            raise
    use(SAFE)
    check()
    return SAFE, True


def main():
    module = AnsibleModule(argument_spec={})
    try:
        name, changed = ensure()
    except (Failed, OSError, ValueError) as error:
        module.fail_json(msg=f"no container runs on this machine: {error}")
    module.exit_json(changed=changed, driver=name)


if __name__ == "__main__":
    main()
