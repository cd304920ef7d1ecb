"""Why certbot got no certificate.

Certbot's own words can hide it: version 2.1 on Python 3.11 says `AttributeError: can't set attribute` in place of what the authority answered
(https://github.com/certbot/certbot/issues/9539). Its log holds the answer.
"""

import json
from dataclasses import dataclass

import certbot_log

PREFIX = "urn:ietf:params:acme:error:"
TRANSIENT = {"badNonce", "serverInternal"}
LONGEST = 500


@dataclass(frozen=True)
class Failure:
    reason: str
    is_transient: bool  # trying again at once may help


def of(log, words, directory):
    """`log`: what this run wrote, None where it cannot be read. `words`: what certbot said on its way out."""
    exchange = certbot_log.last_exchange(log) if log else None
    if exchange is None:
        return own(words)
    status, body = exchange
    if status is None:
        # A certificate that is not trusted now is not trusted a second later.
        return Failure(shown(f"the gateway cannot reach the authority at {directory}: {words}"), is_transient="SSLError" not in words)
    if problem := problem_in(status, body):
        return refusal(status, problem)
    if status >= 500:
        return Failure(f"the authority at {directory} answered HTTP {status}", is_transient=True)
    if "acme.errors.TimeoutError" in words or "not finalized by the CA" in words:
        return Failure(shown(f"the authority did not finish in time: {words}"), is_transient=True)
    return own(words)


def own(words):
    return Failure(shown(f"certbot failed: {words}"), is_transient=False)


def refusal(status, problem):
    kind = problem.get("type", "about:blank").removeprefix(PREFIX)
    detail = problem.get("detail") or problem.get("title") or f"HTTP {status}"
    # An authority that is asked too often also answers 503; asking again at once makes it worse.
    is_transient = kind in TRANSIENT or (status >= 500 and kind != "rateLimited")
    return Failure(shown(f"the authority says {kind}: {detail}"), is_transient)


def problem_in(status, body):
    """The problem (RFC 7807) that the authority named: as its answer, or in an order or an authorization that failed."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    if status >= 400:
        return document if is_problem(document) else None
    if document.get("status") != "invalid":
        return None
    challenges = document.get("challenges")
    parts = [document, *(challenges if isinstance(challenges, list) else [])]
    return next((part["error"] for part in parts if isinstance(part, dict) and is_problem(part.get("error"))), None)


def is_problem(document):
    """It names a type or a detail, and both are texts where they are there."""
    if not isinstance(document, dict) or not {"type", "detail"} & document.keys():
        return False
    return all(isinstance(document.get(name, ""), str) for name in ("type", "title", "detail"))


def shown(text):
    """In one line of a terminal: an authority's words are a stranger's."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}..."
