"""What `ssl-status` shows for a domain."""

import unittest
from datetime import datetime, timezone
from unittest import mock

import certificates
from certificate import Certificate

REASON = "the authority says rateLimited: too many certificates already issued"
CERTIFICATE = Certificate(datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2026, 4, 1, tzinfo=timezone.utc), "Let's Encrypt")


class DescribeTest(unittest.TestCase):
    def described(self, known, certificate=None):
        with mock.patch.object(Certificate, "of", lambda domain: certificate):
            return certificates.describe("www.example.org", known)

    def test_the_authoritys_error_is_shown(self):
        self.assertEqual(
            self.described({"reason": REASON, "tried": 0, "next": 4102444800}),
            f"www.example.org: no certificate yet, served over HTTP; {REASON} "
            "(last try 1970-01-01 00:00 UTC, next after 2100-01-01 00:00 UTC)")

    def test_a_failed_renewal_is_shown_with_the_current_certificate(self):
        self.assertEqual(
            self.described({"reason": REASON, "tried": 0}, CERTIFICATE),
            f"www.example.org: certificate from Let's Encrypt, valid until 2026-04-01 00:00 UTC; renewal failed: {REASON} "
            "(last try 1970-01-01 00:00 UTC, next within ten minutes)")


if __name__ == "__main__":
    unittest.main()
