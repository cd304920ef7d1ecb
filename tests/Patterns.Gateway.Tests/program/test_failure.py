"""The reason for a failure, from certbot's log and output, and whether an immediate retry may help."""

import json
import pathlib
import unittest

import failure

LOGS = pathlib.Path(__file__).parent / "logs"
DIRECTORY = "https://ca.example.net/dir"
HIDDEN = "AttributeError: can't set attribute"
HEAD = "2026-11-30 07:33:40,250:DEBUG:acme.client:"
ACME = "urn:ietf:params:acme:error:"


def of_log(name, words):
    return failure.of((LOGS / f"{name}.txt").read_text(encoding="utf-8"), words, DIRECTORY)


def of_answer(status, body, words=HIDDEN):
    text = body if isinstance(body, str) else json.dumps(body, indent=3)
    log = f"{HEAD}Sending POST request to {DIRECTORY}:\n{{}}\n{HEAD}Received response:\nHTTP {status}\nA: b\n\n{text}\n"
    return failure.of(log, words, DIRECTORY)


class LogTest(unittest.TestCase):
    def test_an_answer_that_certbots_own_error_hides(self):
        self.assertEqual(
            of_log("hidden-nonce", HIDDEN),
            failure.Failure("the authority says badNonce: JWS has an invalid anti-replay nonce: VXxcMUXEIK2Bs2jVknb1bA", True))

    def test_a_failed_challenge_is_final_because_authorities_count_them(self):
        self.assertEqual(
            of_log("failed-challenge", "Some challenges have failed."),
            failure.Failure(
                "the authority says connection: 203.0.113.10: Fetching http://www.example.org/.well-known/acme-challenge/"
                "AE93pCHhakhqA5EYRGXjboauyDVxzQ6qGLxpsUru2vg: Connection refused", False))

    def test_an_authority_that_does_not_answer(self):
        words = "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='ca.example.net', port=443): Read timed out."
        self.assertEqual(
            of_log("no-answer", words), failure.Failure(f"the gateway cannot reach the authority at {DIRECTORY}: {words}", True))

    def test_an_untrusted_authority_is_final(self):
        words = "requests.exceptions.SSLError: certificate verify failed: self-signed certificate"
        self.assertEqual(
            of_log("untrusted", words), failure.Failure(f"the gateway cannot reach the authority at {DIRECTORY}: {words}", False))

    def test_a_server_error_without_a_reason(self):
        self.assertEqual(
            of_log("bad-gateway", "acme.errors.ClientError: <Response [502]>"),
            failure.Failure(f"the authority at {DIRECTORY} answered HTTP 502", True))


class AnswerTest(unittest.TestCase):
    def test_which_errors_are_transient(self):
        for status, kind, is_transient in [
            (400, "badNonce", True), (500, "serverInternal", True), (200, "serverInternal", True), (503, "orderNotReady", True),
            (429, "rateLimited", False), (503, "rateLimited", False), (400, "malformed", False), (403, "unauthorized", False),
            (400, "caa", False), (400, "accountDoesNotExist", False),
        ]:
            with self.subTest(status=status, kind=kind):
                body = {"type": ACME + kind, "detail": "details"}
                body = body if status >= 400 else {"status": "invalid", "error": body}
                self.assertEqual(of_answer(status, body), failure.Failure(f"the authority says {kind}: details", is_transient))

    def test_a_problem_without_a_detail_or_an_acme_type(self):
        for body, reason in [
            ({"type": ACME + "caa"}, "the authority says caa: HTTP 403"),
            ({"type": ACME + "caa", "title": "No"}, "the authority says caa: No"),
            ({"detail": "no"}, "the authority says about:blank: no"),
            ({"type": "https://ca.example.net/closed", "detail": "no"}, "the authority says https://ca.example.net/closed: no"),
        ]:
            with self.subTest(reason=reason):
                self.assertEqual(of_answer(403, body).reason, reason)

    def test_an_order_that_failed(self):
        body = {"status": "invalid", "error": {"type": ACME + "caa", "detail": "CAA forbids it"}}
        self.assertEqual(of_answer(200, body).reason, "the authority says caa: CAA forbids it")

    def test_the_error_of_a_valid_order_is_ignored(self):
        self.assertEqual(of_answer(200, {"status": "valid", "error": {"type": ACME + "caa", "detail": "x"}}, "own").reason, "certbot failed: own")

    def test_certbots_output_is_the_reason_if_the_authority_gave_none(self):
        for status, body in [
            (200, "hello"), (404, "{}"), (404, "[]"), (400, "{not json"), (400, {"type": 7, "detail": "x"}), (200, "[" * 100_000),
            (200, {"status": "invalid"}), (200, {"status": "invalid", "challenges": 7}), (200, {"status": "invalid", "challenges": [7]}),
            (200, {"status": "pending"}),
        ]:
            with self.subTest(body=str(body)[:50]):
                self.assertEqual(of_answer(status, body, "its words"), failure.Failure("certbot failed: its words", False))

    def test_an_authority_that_does_not_finish(self):
        for words in ["acme.errors.TimeoutError", "All authorizations were not finalized by the CA."]:
            with self.subTest(words=words):
                self.assertEqual(
                    of_answer(200, {"status": "pending"}, words),
                    failure.Failure(f"the authority did not finish in time: {words}", True))

    def test_the_authoritys_text_is_one_printable_line_of_limited_length(self):
        reason = of_answer(403, {"type": ACME + "caa", "detail": "\x1b[2Jno\r\nnever\u202e\u0007" + "x" * 10_000}).reason
        self.assertTrue(reason.isprintable())
        self.assertTrue(reason.startswith("the authority says caa: [2Jno never x"), reason[:60])
        self.assertEqual(len(reason), failure.LONGEST + 3)


class NoLogTest(unittest.TestCase):
    def test_without_a_log_certbots_output_is_the_reason(self):
        for log in [None, "", "2026-11-30 07:33:40,250:DEBUG:certbot._internal.main:certbot version: 2.1.0\n"]:
            with self.subTest(log=log):
                self.assertEqual(failure.of(log, HIDDEN, DIRECTORY), failure.Failure(f"certbot failed: {HIDDEN}", False))


if __name__ == "__main__":
    unittest.main()
