import json
import os
import shutil
import subprocess
import tempfile
import unittest

# A Docker whose containers fail with all storage drivers but those in the file `works`.
DOCKER = """#!/bin/sh
here=$(dirname "$0")
driver=$(sed -n 's/.*"storage-driver": "\\(.*\\)".*/\\1/p' "$here/daemon.json" 2>/dev/null)
driver=${driver:-overlay2}
case "$1" in
  info) echo "$driver" ;;
  import) tar --list --file "$2" >"$here/image" ;;
  images) cat "$here/images" 2>/dev/null ;;
  run) grep -q "$driver" "$here/works" || { echo "no container with $driver" >&2; exit 125; } ;;
esac
exit 0
"""


def ansibles_python():
    """Ansible may be installed for another Python than the one that runs the tests."""
    with open(shutil.which("ansible-playbook"), encoding="utf-8") as program:
        return program.readline().removeprefix("#!").split()


class DockerRunsTests(unittest.TestCase):
    """What is done where no container runs."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.program("docker", DOCKER)
        self.program("systemctl", '#!/bin/sh\necho "$@" >"$(dirname "$0")/restarted"\n')

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def program(self, name, text):
        self.write(name, text)
        os.chmod(self.path(name), 0o755)

    def run_module(self, works):
        self.write("works", works)
        script = f"import docker_runs; docker_runs.CONFIGURATION = {self.path('daemon.json')!r}; docker_runs.main()"
        process = subprocess.run(
            [*ansibles_python(), "-B", "-c", script],
            input=json.dumps({"ANSIBLE_MODULE_ARGS": {}}),
            env={**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}"},
            capture_output=True, text=True, timeout=30, check=False)
        return json.loads(process.stdout)

    def test_a_docker_that_runs_containers_stays_as_it_is(self):
        result = self.run_module("overlay2")
        self.assertEqual((False, "overlay2"), (result["changed"], result["driver"]))
        self.assertFalse(os.path.exists(self.path("restarted")))
        self.assertIn("./srv/folder/file\n", self.read("image"))

    def test_a_new_docker_whose_containers_fail_gets_the_driver_that_works_everywhere(self):
        self.write("daemon.json", '{"mtu": 1320}')
        result = self.run_module("vfs")
        self.assertEqual((True, "vfs"), (result["changed"], result["driver"]))
        self.assertEqual({"mtu": 1320, "storage-driver": "vfs"}, json.loads(self.read("daemon.json")))
        self.assertEqual("restart docker.service\n", self.read("restarted"))

    def test_a_docker_with_images_keeps_its_driver(self):
        self.write("images", "0123456789ab\n")
        result = self.run_module("vfs")
        self.assertTrue(result["failed"])
        self.assertIn("no container with overlay2", result["msg"])
        self.assertFalse(os.path.exists(self.path("daemon.json")))

    def test_the_administrators_driver_is_kept(self):
        self.write("daemon.json", '{"storage-driver": "btrfs"}')
        result = self.run_module("vfs")
        self.assertTrue(result["failed"])
        self.assertEqual('{"storage-driver": "btrfs"}', self.read("daemon.json"))

    def test_what_fails_with_the_safe_driver_too_is_an_error(self):
        result = self.run_module("none")
        self.assertIn("no container with vfs", result["msg"])

    def test_a_configuration_that_is_no_json_is_an_error(self):
        self.write("daemon.json", "{")
        self.assertTrue(self.run_module("none")["failed"])


if __name__ == "__main__":
    unittest.main()
