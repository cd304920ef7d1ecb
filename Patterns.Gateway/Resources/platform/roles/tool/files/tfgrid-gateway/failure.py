"""Why certbot got no certificate.

Certbot's own message can hide the reason: on Python 3.11, version 2.1 says `AttributeError: can't set attribute`
instead of the authority's error (https://github.com/certbot/certbot/issues/9539). The log has the authority's answer.
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
    is_transient: bool  # an immediate retry may help


def of(log, words, directory):
    """`log`: what this run logged, or None if that cannot be read. `words`: certbot's own message."""
    exchange = certbot_log.last_exchange(log) if log else None
    if exchange is None:
        return own(words)
    status, body = exchange
    if status is None:
        reason = shown(f"the gateway cannot reach the authority at {directory}: {words}")
        # A server certificate that is not trusted now will not be trusted in a second.
        return Failure(reason, is_transient="SSLError" not in words)
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
    # A rate limit may come with status 503, and an immediate retry makes it worse.
    is_transient = kind in TRANSIENT or (status >= 500 and kind != "rateLimited")
    return Failure(shown(f"the authority says {kind}: {detail}"), is_transient)


def problem_in(status, body):
    """The authority's problem document (RFC 7807): the answer itself, or part of a failed order or authorization."""
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
    errors = [part.get("error") for part in parts if isinstance(part, dict)]
    return next((error for error in errors if is_problem(error)), None)


def is_problem(document):
    """Whether it has a type or a detail, and all its texts are texts."""
    if not isinstance(document, dict) or not {"type", "detail"} & document.keys():
        return False
    return all(isinstance(document.get(name, ""), str) for name in ("type", "title", "detail"))


def shown(text):
    """As one printable line: the authority's text is not trusted on a terminal."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}..."
