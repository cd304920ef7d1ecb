"""The part of certbot's log that one run wrote. The format is `FILE_FMT` in certbot/_internal/log.py."""

import os
import re

PATH = "/var/log/letsencrypt/letsencrypt.log"

# At most this many bytes are read, from the end. A run writes about 30 kB; certbot starts a new file after 1 MiB.
LONGEST = 1024 * 1024

RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}:[A-Z]+:([\w.]+):", re.MULTILINE)
STATUS = re.compile(r"HTTP (\d{3})$")


def mark():
    """Where the log ends now: the file and its length."""
    try:
        now = os.stat(PATH)
    except OSError:
        return None
    return now.st_dev, now.st_ino, now.st_size


def since(before):
    """What was written after the mark; None if the log cannot be read. Each run of certbot renames the old log."""
    try:
        with open(PATH, "rb") as log:
            now = os.fstat(log.fileno())
            is_same = before is not None and before[:2] == (now.st_dev, now.st_ino)
            start = before[2] if is_same and before[2] <= now.st_size else 0
            log.seek(max(start, now.st_size - LONGEST))
            return log.read(LONGEST).decode("utf-8", errors="replace")
    except OSError:
        return None


def records(text):
    """The (logger, message) of each entry. A message may have many lines."""
    heads = list(RECORD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [(head.group(1), text[head.end():end]) for head, end in zip(heads, ends)]


def last_exchange(text):
    """The answer to the last request as (status, body); (None, "") if it got none, None if there was no request."""
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
