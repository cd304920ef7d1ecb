import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest

# Names are found if resolv.conf names a server that the file `works` names.
GETENT = """#!/bin/sh
grep -q -F -f "$FOLDER/works" "$FOLDER/resolv.conf" 2>/dev/null || exit 2
"""

# Installed packages are lines of the file `installed`: "ii curl curl:amd64 7.88". It ignores which packages are asked for.
DPKG_QUERY = '#!/bin/sh\ncat "$FOLDER/installed" 2>/dev/null\n'

# Each call is a line of the file `calls`. What it says, and how it ends, is in `update` or `install`; a first line of the file `locked`
# is taken away at each call, until there is none.
APT_GET = """#!/bin/sh
for word in "$@"; do case $word in update|install) verb=$word ;; esac; done
[ "$verb" = update ] || packages=${*#* install -- }
echo "$verb $packages" >>"$FOLDER/calls"
if [ -s "$FOLDER/locked" ]; then
  sed -i 1d "$FOLDER/locked"
  echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)"
  exit 100
fi
[ ! -e "$FOLDER/$verb" ] || { cat "$FOLDER/$verb"; exit 100; }
echo "Reading package lists..."
[ "$verb" = update ] || echo "Setting up x (1) ..."
exit 0
"""

SETTINGS = """
import machine_ready as m
m.RESOLV_CONF, m.LISTS, m.STAMP = 'resolv.conf', 'lists', 'periodic/stamp'
m.SOURCES, m.TOLD, m.PUBLIC = ['sources/*'], ['netplan/*.yaml', 'resolved'], []
m.LOCK_PAUSE = m.PAUSE = 0.01
m.DNS_PORT, m.ANSWER_LIMIT, m.LOOKUP_LIMIT = NUMBER, 0.3, 5
m.main()
"""


def ansibles_python():
    """Ansible may be installed for another Python than the one that runs the tests."""
    with open(shutil.which("ansible-playbook"), encoding="utf-8") as program:
        return program.readline().removeprefix("#!").split()


class Server:
    """A name server on this computer's own loopback, with the answer that all questions get."""

    def __init__(self, address, code=0, records=1):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 0))
        self.answer, self.questions = bytes([0x81, 0x80 | code, 0, 1, 0, records, 0, 0, 0, 0]), []
        threading.Thread(target=self.serve, daemon=True).start()

    @property
    def port(self):
        return self.socket.getsockname()[1]

    def serve(self):
        try:
            while True:
                question, sender = self.socket.recvfrom(512)
                self.questions.append(question)
                self.socket.sendto(question[:2] + self.answer + question[12:], sender)
        except OSError:
            return

    def close(self):
        self.socket.close()


class MachineReadyTests(unittest.TestCase):
    """What is done on a machine that is not ready, and that nothing is done on one that is."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        for name, text in (("getent", GETENT), ("dpkg-query", DPKG_QUERY), ("apt-get", APT_GET)):
            self.write(f"bin/{name}", text)
            os.chmod(self.path(f"bin/{name}"), 0o755)
        self.write("sources/debian.sources", "Types: deb\nURIs: http://mirror.example/debian https://192.0.2.7/x\n# http://no.example/\n")
        self.write("resolv.conf", "nameserver 192.0.2.1\n")
        self.write("works", "192.0.2.1\n")
        self.write("installed", "ii curl curl:amd64 7.88\nhi held held:amd64 2\nrc gone gone:amd64 3\n")
        self.write("lists/mirror.example_Packages", "Package: curl\n")
        self.port = 9

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    @property
    def calls(self):
        return [line.split()[0] for line in self.read("calls").splitlines()] if os.path.exists(self.path("calls")) else []

    def make_old(self, *names):
        for name in names:
            os.utime(self.path(name), (0, time.time() - 25 * 3600))

    def serve(self, address, **answer):
        server = Server(address, **answer)
        self.addCleanup(server.close)
        self.port = server.port
        return server

    def run_module(self, *packages, check=False):
        process = subprocess.run(
            [*ansibles_python(), "-B", "-c", SETTINGS.replace("NUMBER", str(self.port))],
            input=json.dumps({"ANSIBLE_MODULE_ARGS": {"packages": packages, "_ansible_check_mode": check}}), cwd=self.folder,
            env={**os.environ, "PATH": f"{self.path('bin')}:{os.environ['PATH']}", "FOLDER": self.folder},
            capture_output=True, text=True, timeout=30, check=False)
        return json.loads(process.stdout)

    def test_a_machine_that_is_ready_is_left_alone(self):
        result = self.run_module("curl", "held", "curl=7.88", "curl:amd64")
        self.assertEqual((False, False, False, []), tuple(result[key] for key in ("changed", "mended", "refreshed", "installed")))
        self.assertEqual([], self.calls)

    def test_what_is_missing_is_installed_from_new_lists_however_new_the_old_ones_look(self):
        result = self.run_module("curl", "wget", "gone", "curl=8")
        self.assertEqual(["wget", "gone", "curl=8"], result["installed"])
        self.assertEqual(["update", "install wget gone curl=8"], [line.strip() for line in self.read("calls").splitlines()])

    def test_lists_that_are_missing_empty_or_old_are_refreshed_for_the_apps_hooks(self):
        for spoil in (
                lambda: os.remove(self.path("lists/mirror.example_Packages")),
                lambda: self.write("lists/mirror.example_Packages", ""),
                lambda: self.make_old("lists")):
            with self.subTest():
                shutil.rmtree(self.path("periodic"), ignore_errors=True)
                self.write("lists/mirror.example_Packages", "Package: curl\n")
                spoil()
                result = self.run_module("curl")
                self.assertEqual((True, False), (result["refreshed"], result["changed"]))

    def test_the_age_of_lists_is_that_of_their_last_refresh(self):
        self.make_old("lists/mirror.example_Packages", "lists")
        self.assertTrue(self.run_module("curl")["refreshed"])
        self.assertFalse(self.run_module("curl")["refreshed"])
        self.make_old("periodic/stamp")
        self.assertTrue(self.run_module("curl")["refreshed"])

    def test_a_lock_is_waited_for_and_a_mirror_gets_three_chances(self):
        self.write("locked", "1\n2\n3\n4\n5\n")
        self.assertNotIn("failed", self.run_module("wget"))
        self.assertEqual(["update"] * 6 + ["install"], self.calls)

        os.remove(self.path("calls"))
        self.write("update", "Err:1 http://mirror.example\nE: Some index files failed to download\n")
        self.write("install", "E: Unable to locate package wget\n")
        result = self.run_module("wget")
        self.assertEqual(["update"] * 3 + ["install"], self.calls)
        self.assertIn("could not be refreshed: Err:1 http://mirror.example E: Some index", result["msg"])
        self.assertIn("; wget could not be installed: E: Unable to locate package wget", result["msg"])

    def test_lists_that_cannot_be_refreshed_are_a_warning_if_nothing_is_missing(self):
        self.make_old("lists")
        self.write("update", "E: no answer\n")
        result = self.run_module("curl")
        self.assertEqual(["the package lists could not be refreshed: E: no answer"], result["warnings"])
        self.assertFalse(os.path.exists(self.path("periodic/stamp")), "they are as old as before")

    def test_names_that_are_not_found_get_a_server_that_answers_of_those_that_the_machine_was_told(self):
        server = self.serve("127.0.0.1")
        self.write("works", "127.0.0.1\n")
        self.write("resolv.conf", "nameserver 127.0.0.53\n")
        self.write("netplan/50-cloud-init.yaml", """\
network:
  ethernets:
    eth0:
      addresses: [10.1.2.2/24, 127.0.0.9]
      nameservers:
        addresses:
          - 127.0.0.8
          - 127.0.0.1
      routes: [{to: default, via: 127.0.0.7}]
""")
        result = self.run_module("curl")
        self.assertEqual((True, True), (result["mended"], result["changed"]))
        self.assertEqual("nameserver 127.0.0.1\n", self.read("resolv.conf").split("\n", 1)[1])
        self.assertIn(b"\6mirror\7example\0\0\1\0\1", server.questions[0])

    def test_a_link_to_nothing_becomes_a_file(self):
        self.serve("127.0.0.1")
        self.write("works", "127.0.0.1\n")
        self.write("resolved", "nameserver 127.0.0.1\n")
        os.remove(self.path("resolv.conf"))
        os.symlink("/run/nothing", self.path("resolv.conf"))
        self.assertTrue(self.run_module("curl")["mended"])
        self.assertEqual(0o100644, os.lstat(self.path("resolv.conf")).st_mode)

    def test_a_server_that_does_not_know_the_mirror_is_no_help(self):
        for answer in ({"code": 3}, {"records": 0}):
            with self.subTest(**answer):
                self.serve("127.0.0.1", **answer)
                self.write("works", "127.0.0.1\n")
                self.write("resolved", "nameserver 127.0.0.1\n")
                self.write("install", "E: Unable to locate package wget\n")
                result = self.run_module("wget")
                self.assertIn("mirror.example is not found: the name servers in resolv.conf do not know it", result["msg"])
                self.assertIn("none of 127.0.0.1 answers; wget could not", result["msg"])
                self.assertEqual("nameserver 192.0.2.1\n", self.read("resolv.conf"))

    def test_names_that_only_a_proxy_finds_are_a_warning(self):
        self.write("works", "127.0.0.1\n")
        self.write("resolved", "nameserver 127.0.0.1\n")
        result = self.run_module("wget")
        self.assertEqual(["wget"], result["installed"])
        self.assertIn("mirror.example is not found", result["warnings"][0])

    def test_a_check_changes_nothing_and_says_what_would_change(self):
        self.write("works", "127.0.0.1\n")
        result = self.run_module("wget", check=True)
        self.assertEqual((True, True, ["wget"]), (result["mended"], result["changed"], result["installed"]))
        self.assertEqual([], self.calls)

    def test_a_name_that_would_remove_a_package_is_refused(self):
        self.assertIn("'curl-' is no name", self.run_module("curl-")["msg"])
        self.assertEqual(["update"], self.calls)


if __name__ == "__main__":
    unittest.main()
