"""Files that are written completely or not at all."""

import os
import shutil
import tempfile


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return None


def write(path, text, mode=0o644, group=None):
    """Returns whether anything changed."""
    if read(path) == text:
        return False
    os.makedirs(os.path.dirname(path), exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if group is not None:
            shutil.chown(temporary, group=group)
        os.chmod(temporary, mode)
        os.rename(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


def remove(path):
    """Returns whether the file existed."""
    try:
        os.unlink(path)
        return True
    except FileNotFoundError:
        return False
