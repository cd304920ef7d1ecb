#!/usr/bin/python3
"""Ansible module: installs folders and files in one call, where `copy` needs two for each file. Everything belongs to us (root).

folders: {PATH: {mode, group}}. files: {PATH: {text or json, mode, group, keep}}; a file to keep is written only if there is none.
program: {path, files: {NAME: text}}, a folder that holds exactly these files.
"""

import errno
import grp
import os
import stat
import tempfile
from collections import namedtuple
from json import dumps

from ansible.module_utils.basic import AnsibleModule

# Python writes its own files beside a program's.
CACHE = "__pycache__"
US = os.geteuid()

# What should be at a path: type and mode in one number, the group's number, the bytes of a file, and whether those of an existing one stay.
Wanted = namedtuple("Wanted", "kind group content keep")


def wanted(kind, mode, group=None, content=None, keep=False):
    return Wanted(kind | int(mode, 8), os.getegid() if group is None else grp.getgrnam(group).gr_gid, content, keep)


def folder(mode="0755", group=None):
    return wanted(stat.S_IFDIR, mode, group)


def file(mode="0644", group=None, text="", json=None, keep=False):
    """Ansible turns text that is JSON into a value, so a file of JSON is given as that value."""
    text = text if json is None else dumps(json, indent=4, sort_keys=True) + "\n"
    return wanted(stat.S_IFREG, mode, group, text.encode(), keep)


def program_of(path, files):
    """Its folders, parents first, and its files."""
    below = set()
    for name in files:
        if os.path.isabs(name):
            raise ValueError(f"'{name}' is not below {path}")
        while name := os.path.dirname(name):
            below.add(os.path.join(path, name))
    folders = {each: folder() for each in [path, *sorted(below)]}
    return folders, {os.path.join(path, name): file(text=text) for name, text in files.items()}


def files_below(path):
    return {
        os.path.join(parent, name)
        for parent, folders, names in os.walk(path)
        if os.path.basename(parent) != CACHE
        for name in [*names, *(each for each in folders if os.path.islink(os.path.join(parent, each)))]
    }


def is_right(path, want):
    """Not a link, and nobody else's: root runs or reads these."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(want.kind) and not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    return (found.st_mode, found.st_uid, found.st_gid) == (want.kind, US, want.group)


def differs(path, want):
    if want.keep and os.path.lexists(path):
        return False
    if not is_right(path, want):
        return True
    with open(path, "rb") as existing:
        return existing.read() != want.content


def make_folder(path, want):
    os.makedirs(path, exist_ok=True)
    os.chown(path, US, want.group)
    os.chmod(path, stat.S_IMODE(want.kind))


def write(path, want):
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(want.content)
            new.flush()
            os.fsync(handle)
            os.chown(handle, US, want.group)
            os.chmod(handle, stat.S_IMODE(want.kind))
        os.rename(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def install(folders, files, exact, check):
    """Paths of the folders that were made or corrected, of the files that were written, and of those that were removed."""
    made = [path for path, want in folders.items() if not is_right(path, want)]
    written = sorted(path for path, want in files.items() if differs(path, want))
    removed = sorted(files_below(exact) - files.keys())
    if not check:
        for path in made:
            make_folder(path, folders[path])
        for path in written:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            write(path, files[path])
        for path in removed:
            os.unlink(path)
    return {"changed": bool(made or written or removed), "folders": made, "written": written, "removed": removed}


def main():
    module = AnsibleModule(
        argument_spec={
            "folders": {"type": "dict", "default": {}},
            "files": {"type": "dict", "default": {}},
            "program": {
                "type": "dict",
                "required": True,
                "options": {"path": {"type": "path", "required": True}, "files": {"type": "dict", "required": True}},
            },
        },
        supports_check_mode=True,
    )
    try:
        program = module.params["program"]
        folders, files = program_of(program["path"], program["files"])
        folders |= {path: folder(**each) for path, each in module.params["folders"].items()}
        files |= {path: file(**each) for path, each in module.params["files"].items()}
        result = install(folders, files, program["path"], module.check_mode)
    except (OSError, KeyError, TypeError, ValueError) as error:
        module.fail_json(msg=str(error))
    module.exit_json(**result)


if __name__ == "__main__":
    main()
