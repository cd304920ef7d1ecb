"""Certbot's log, as far as one run wrote it. Its format is `FILE_FMT` of certbot/_internal/log.py."""

import os
import re

PATH = "/var/log/letsencrypt/letsencrypt.log"

# Bytes that are read, from the end. A run writes some 30 kB, and certbot begins a new file after 1 MiB.
LONGEST = 1024 * 1024

RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}:[A-Z]+:([\w.]+):", re.MULTILINE)
STATUS = re.compile(r"HTTP (\d{3})$")


def mark():
    """Where the log ends now: its file and its length."""
    try:
        now = os.stat(PATH)
    except OSError:
        return None
    return now.st_dev, now.st_ino, now.st_size


def since(before):
    """What was written after the mark; None where the log cannot be read. Certbot puts the former log away and begins a new one at each run."""
    try:
        with open(PATH, "rb") as log:
            now = os.fstat(log.fileno())
            is_same = before is not None and before[:2] == (now.st_dev, now.st_ino) and before[2] <= now.st_size
            log.seek(max(before[2] if is_same else 0, now.st_size - LONGEST))
            return log.read(LONGEST).decode("utf-8", errors="replace")
    except OSError:
        return None


def records(text):
    """(logger, message) of each entry; a message may have many lines."""
    heads = list(RECORD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [(head.group(1), text[head.end():end]) for head, end in zip(heads, ends)]


def last_exchange(text):
    """The last request to the authority: None where there was none, else (status, body), with status None where no answer came."""
    exchange = None
    for logger, message in records(text):
        if logger != "acme.client":
            continue
        if message.startswith("Sending "):
            exchange = (None, "")
        elif message.startswith("Received response:\n"):
            exchange = answer(message)
    return exchange


def answer(message):
    head, _, body = message.partition("\n\n")
    status = STATUS.match(head.split("\n")[1])
    return (int(status.group(1)), body) if status else None
