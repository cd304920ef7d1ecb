"""Retries of a failed request: only if they may help, and only for a limited time. A script stands in for certbot."""

import os
import pathlib
import tempfile
import unittest
from types import SimpleNamespace
from unittest import mock

import authority
import certbot_log

LOGS = pathlib.Path(__file__).parent / "logs"
HIDDEN = "An unexpected error occurred:\nAttributeError: can't set attribute\n"

# Each run uses the next folder: its log, its output, its exit code.
CERTBOT = """#!/bin/sh
run=$(ls {folder}/runs | head -n 1)
echo "$@" >>{folder}/asked
[ ! -e {folder}/letsencrypt.log ] || mv {folder}/letsencrypt.log {folder}/letsencrypt.log.1
[ ! -e {folder}/runs/$run/log ] || cp {folder}/runs/$run/log {folder}/letsencrypt.log
echo "Saving debug log to {folder}/letsencrypt.log" >&2
cat {folder}/runs/$run/words >&2
echo "Ask for help or search for solutions at https://community.letsencrypt.org. See the logfile {folder}/letsencrypt.log." >&2
code=$(cat {folder}/runs/$run/code)
rm -r {folder}/runs/$run
exit "$code"
"""


class AuthorityTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "runs").mkdir()
        certbot = self.folder / "certbot"
        certbot.write_text(CERTBOT.format(folder=self.folder), encoding="utf-8")
        certbot.chmod(0o755)
        for patch in [
            mock.patch.dict(os.environ, {"PATH": f"{self.folder}:{os.environ['PATH']}"}),
            mock.patch.object(certbot_log, "PATH", str(self.folder / "letsencrypt.log")),
        ]:
            patch.start()
            self.addCleanup(patch.stop)

    def run_ends(self, code=1, log=None, words=HIDDEN):
        """Adds a run of certbot."""
        run = self.folder / "runs" / f"{len(list((self.folder / 'runs').iterdir())):02}"
        run.mkdir()
        (run / "code").write_text(str(code), encoding="utf-8")
        (run / "words").write_text(words, encoding="utf-8")
        if log:
            (run / "log").write_text((LOGS / f"{log}.txt").read_text(encoding="utf-8"), encoding="utf-8")

    def get(self):
        ssl = SimpleNamespace(email="ops@example.org", directory="https://ca.example.net/dir", port=8888, ca=None)
        return authority.get(SimpleNamespace(ssl=ssl), "www.example.org")

    def asked(self):
        return len((self.folder / "asked").read_text(encoding="utf-8").splitlines())

    def test_a_transient_failure_is_retried_and_may_succeed(self):
        self.run_ends(log="hidden-nonce")
        self.run_ends(log="bad-gateway")
        self.run_ends(code=0, log="hidden-nonce", words="")
        self.assertIsNone(self.get())
        self.assertEqual(self.asked(), 3)

    def test_there_are_at_most_three_tries(self):
        for _ in range(4):
            self.run_ends(log="hidden-nonce")
        self.assertEqual(
            self.get(), "the authority says badNonce: JWS has an invalid anti-replay nonce: VXxcMUXEIK2Bs2jVknb1bA; 3 tries")
        self.assertEqual(self.asked(), 3)

    def test_a_final_failure_is_not_retried(self):
        self.run_ends(log="failed-challenge", words="Some challenges have failed.\n")
        reason = self.get()
        self.assertTrue(reason.startswith("the authority says connection: 203.0.113.10: Fetching"), reason)
        self.assertTrue(reason.endswith("Connection refused"), reason)
        self.assertEqual(self.asked(), 1)

    def test_the_reason_is_that_of_the_last_try(self):
        self.run_ends(log="bad-gateway")
        self.run_ends(log="failed-challenge")
        self.assertTrue(self.get().endswith("Connection refused; 2 tries"))

    def test_no_try_starts_after_the_time_limit(self):
        self.run_ends(log="bad-gateway")
        with mock.patch.object(authority, "RETRY_WITHIN", -1):
            self.assertEqual(self.get(), "the authority at https://ca.example.net/dir answered HTTP 502")
        self.assertEqual(self.asked(), 1)

    def test_the_log_of_an_earlier_run_is_ignored(self):
        (self.folder / "letsencrypt.log").write_text((LOGS / "hidden-nonce.txt").read_text(encoding="utf-8"), encoding="utf-8")
        self.run_ends(words="Another instance of Certbot is already running.\n")
        self.assertEqual(self.get(), "certbot failed: Another instance of Certbot is already running.")

    def test_without_a_log_certbots_output_is_the_reason(self):
        self.run_ends()
        self.assertEqual(self.get(), "certbot failed: AttributeError: can't set attribute")

    def test_a_silent_failure_is_still_a_failure(self):
        self.run_ends(words="")
        self.assertIn("certbot certonly --non-interactive exited with 1", self.get())

    def test_a_run_that_hangs_is_stopped(self):
        (self.folder / "certbot").write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
        with mock.patch.object(authority, "LIMIT", 0.2):
            self.assertEqual(self.get(), "certbot failed: certbot did not end within 0.2 s")


if __name__ == "__main__":
    unittest.main()
