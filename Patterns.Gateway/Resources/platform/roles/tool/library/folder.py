#!/usr/bin/python3
"""Ansible module: makes a folder hold exactly the given files. One call, where `copy` needs two for each file."""

import errno
import os
import stat
import tempfile

from ansible.module_utils.basic import AnsibleModule

# Python writes its own files beside a program's.
CACHE = "__pycache__"
FILE, FOLDER = stat.S_IFREG | 0o644, stat.S_IFDIR | 0o755
OWNER = os.geteuid(), os.getegid()


def names_below(folder):
    return {
        os.path.relpath(os.path.join(parent, name), folder)
        for parent, folders, names in os.walk(folder)
        if os.path.basename(parent) != CACHE
        for name in [*names, *(each for each in folders if os.path.islink(os.path.join(parent, each)))]
    }


def folders_of(folder, names):
    """Parents first."""
    below = set()
    for name in names:
        while name := os.path.dirname(name):
            below.add(os.path.join(folder, name))
    return [folder, *sorted(below)]


def is_right(path, kind):
    """Not a link, and nobody else's: root runs these files."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    if kind == FOLDER and not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    return (found.st_mode, found.st_uid, found.st_gid) == (kind, *OWNER)


def differs(path, content):
    if not is_right(path, FILE):
        return True
    with open(path, "rb") as file:
        return file.read() != content


def make_folder(path):
    os.makedirs(path, exist_ok=True)
    os.chown(path, *OWNER)
    os.chmod(path, stat.S_IMODE(FOLDER))


def write(path, content):
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
            os.chown(handle, *OWNER)
            os.chmod(handle, stat.S_IMODE(FILE))
        os.rename(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def main():
    module = AnsibleModule(
        argument_spec={"path": {"type": "path", "required": True}, "files": {"type": "dict", "required": True}},
        supports_check_mode=True,
    )
    folder = module.params["path"]
    files = {name: text.encode() for name, text in module.params["files"].items()}
    try:
        folders = [path for path in folders_of(folder, files) if not is_right(path, FOLDER)]
        differ = sorted(name for name, content in files.items() if differs(os.path.join(folder, name), content))
        extra = sorted(names_below(folder) - files.keys())
        if not module.check_mode:
            for path in folders:
                make_folder(path)
            for name in differ:
                write(os.path.join(folder, name), files[name])
            for name in extra:
                os.unlink(os.path.join(folder, name))
    except OSError as error:
        module.fail_json(msg=f"{folder}: {error}")
    module.exit_json(changed=bool(folders or differ or extra), folders=folders, written=differ, removed=extra)


if __name__ == "__main__":
    main()
