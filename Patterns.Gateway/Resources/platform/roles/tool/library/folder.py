#!/usr/bin/python3
"""Ansible module: makes a folder hold exactly the given files. One call, where `copy` needs two for each file."""

import os
import tempfile

from ansible.module_utils.basic import AnsibleModule

# Python writes its own files beside a program's.
CACHE = "__pycache__"
MODE = 0o644


def names_below(folder):
    return {
        os.path.relpath(os.path.join(parent, name), folder)
        for parent, _, names in os.walk(folder)
        if os.path.basename(parent) != CACHE
        for name in names
    }


def differs(path, text):
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read() != text or os.stat(path).st_mode & 0o7777 != MODE
    except FileNotFoundError:
        return True


def write(path, text):
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, MODE)
        os.rename(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def main():
    module = AnsibleModule(
        argument_spec={"path": {"type": "path", "required": True}, "files": {"type": "dict", "required": True}},
        supports_check_mode=True,
    )
    folder, files = module.params["path"], module.params["files"]
    try:
        differ = sorted(name for name, text in files.items() if differs(os.path.join(folder, name), text))
        extra = sorted(names_below(folder) - files.keys())
        if not module.check_mode:
            for name in differ:
                write(os.path.join(folder, name), files[name])
            for name in extra:
                os.unlink(os.path.join(folder, name))
    except OSError as error:
        module.fail_json(msg=f"{folder}: {error}")
    module.exit_json(changed=bool(differ or extra), written=differ, removed=extra)


if __name__ == "__main__":
    main()
