"""Reading certbot's log: only this run's part, and never more than the limit."""

import os
import tempfile
import unittest
from unittest import mock

import certbot_log


class CertbotLogTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "letsencrypt.log")
        patch = mock.patch.object(certbot_log, "PATH", self.path)
        patch.start()
        self.addCleanup(patch.stop)

    def write(self, text, mode="w"):
        with open(self.path, mode, encoding="utf-8") as log:
            log.write(text)

    def test_a_first_log_belongs_to_this_run(self):
        before = certbot_log.mark()
        self.write("new")
        self.assertEqual(certbot_log.since(before), "new")

    def test_the_part_of_an_earlier_run_is_skipped(self):
        self.write("earlier ")
        before = certbot_log.mark()
        self.write("new", mode="a")
        self.assertEqual(certbot_log.since(before), "new")

    def test_a_new_log_file_belongs_to_this_run(self):
        self.write("earlier")
        before = certbot_log.mark()
        os.rename(self.path, f"{self.path}.1")
        self.write("a log longer than the earlier one")
        self.assertEqual(certbot_log.since(before), "a log longer than the earlier one")

    def test_a_run_that_wrote_nothing_has_an_empty_log(self):
        self.write("earlier")
        self.assertEqual(certbot_log.since(certbot_log.mark()), "")

    def test_only_the_end_of_a_long_log_is_read(self):
        before = certbot_log.mark()
        self.write("begin" + "x" * certbot_log.LONGEST + "end")
        text = certbot_log.since(before)
        self.assertEqual((len(text), text[-3:]), (certbot_log.LONGEST, "end"))

    def test_a_log_that_is_missing_or_a_folder_cannot_be_read(self):
        self.assertIsNone(certbot_log.since(None))
        os.mkdir(self.path)
        self.assertIsNone(certbot_log.since(certbot_log.mark()))

    def test_invalid_bytes_are_replaced(self):
        with open(self.path, "wb") as log:
            log.write(b"a\xffb")
        self.assertEqual(certbot_log.since(None), "a\ufffdb")


class LastExchangeTest(unittest.TestCase):
    HEAD = "2026-11-30 07:33:40,250:DEBUG:"

    def last(self, *entries):
        return certbot_log.last_exchange("".join(f"{self.HEAD}{entry}\n" for entry in entries))

    def test_without_a_request_there_is_no_exchange(self):
        self.assertIsNone(self.last("certbot._internal.main:certbot version: 2.1.0"))
        self.assertIsNone(certbot_log.last_exchange(""))

    def test_the_last_answer_counts(self):
        self.assertEqual(
            self.last(
                "acme.client:Sending POST request to https://ca/a:\n{}", "acme.client:Received response:\nHTTP 400\nA: b\n\n{}",
                "acme.client:Sending POST request to https://ca/b:\n{}", "acme.client:Received response:\nHTTP 201\nA: b\n\n{\n}"),
            (201, "{\n}\n"))

    def test_an_unanswered_request_supersedes_earlier_answers(self):
        self.assertEqual(
            self.last(
                "acme.client:Sending GET request to https://ca/dir.", "acme.client:Received response:\nHTTP 500\nA: b\n\n",
                "acme.client:Sending HEAD request to https://ca/nonce."),
            (None, ""))

    def test_other_loggers_are_ignored(self):
        self.assertIsNone(self.last("certbot.plugin:Sending GET request to https://elsewhere."))

    def test_an_answer_without_a_status_is_ignored(self):
        self.assertIsNone(self.last("acme.client:Received response:\nHTTP what\n\n{}"))


if __name__ == "__main__":
    unittest.main()
