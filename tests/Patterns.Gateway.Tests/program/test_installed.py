import grp
import json
import os
import shutil
import stat
import subprocess
import tempfile
import unittest

import files

MODULE = os.path.join(os.path.dirname(files.__file__), "..", "..", "library", "installed.py")


def ansibles_python():
    """Ansible may be installed for another Python than the one that runs the tests."""
    with open(shutil.which("ansible-playbook"), encoding="utf-8") as program:
        return program.readline().removeprefix("#!").split()


def run(check=False, **arguments):
    process = subprocess.run(
        [*ansibles_python(), "-B", MODULE],
        input=json.dumps({"ANSIBLE_MODULE_ARGS": {**arguments, "_ansible_check_mode": check}}),
        capture_output=True, text=True, timeout=30, check=False)
    return json.loads(process.stdout)


class ProgramTests(unittest.TestCase):
    """A folder that holds exactly the given files."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = os.path.join(holder.name, "program")

    def run_module(self, check=False, **contents):
        texts = {name.replace("__", "/") + ".py": text for name, text in contents.items()}
        result = run(check, program={"path": self.folder, "files": texts})
        for paths in ("written", "removed"):
            if paths in result:
                result[paths] = [os.path.relpath(path, self.folder) for path in result[paths]]
        return result

    def path(self, name):
        return os.path.join(self.folder, name)

    def test_files_are_written_once(self):
        first = self.run_module(a="1\n", b__c="é  \n")
        again = self.run_module(a="1\n", b__c="é  \n")

        self.assertEqual((["a.py", "b/c.py"], True), (first["written"], first["changed"]))
        self.assertEqual(([], False), (again["written"], again["changed"]))
        self.assertEqual("é  \n", files.read(self.path("b/c.py")))

    def test_what_differs_is_written_and_what_is_no_longer_wanted_removed(self):
        self.run_module(a="1", b__c="2", d="3")
        os.chmod(self.path("d.py"), 0o600)

        result = self.run_module(a="4", d="3")

        self.assertEqual((["a.py", "d.py"], ["b/c.py"]), (result["written"], result["removed"]))
        self.assertEqual((0o644, "4"), (os.stat(self.path("d.py")).st_mode & 0o777, files.read(self.path("a.py"))))
        self.assertFalse(os.path.exists(self.path("b/c.py")))

    def test_pythons_compiled_files_stay(self):
        self.run_module(a="1")
        files.write(self.path("__pycache__/a.pyc"), "compiled")

        self.assertFalse(self.run_module(a="1")["changed"])
        self.assertEqual("compiled", files.read(self.path("__pycache__/a.pyc")))

    def test_a_check_says_what_would_change_and_writes_nothing(self):
        self.run_module(a="1")

        self.assertEqual((["b.py"], ["a.py"]), tuple(self.run_module(check=True, b="2")[key] for key in ("written", "removed")))
        self.assertEqual(["a.py"], os.listdir(self.folder))

    def test_folders_get_their_mode(self):
        self.run_module(a="1", b__c__d="2")
        os.chmod(self.folder, 0o2777)
        os.chmod(self.path("b/c"), 0o700)

        result = self.run_module(a="1", b__c__d="2")

        self.assertEqual(([self.folder, self.path("b/c")], [], True), (result["folders"], result["written"], result["changed"]))
        self.assertEqual([0o755] * 3, [stat.S_IMODE(os.stat(self.path(name)).st_mode) for name in ("", "b", "b/c")])
        self.assertFalse(self.run_module(a="1", b__c__d="2")["changed"])

    @unittest.skipUnless(os.geteuid() == 0, "only root gives files away")
    def test_what_belongs_to_somebody_else_becomes_ours(self):
        self.run_module(a="1", b__c="2", d="3")
        os.chown(self.folder, 1234, 0)
        os.chown(self.path("b"), 0, 1234)
        os.chown(self.path("a.py"), 1234, 0)
        os.chown(self.path("b/c.py"), 0, 1234)

        result = self.run_module(a="1", b__c="2", d="3")

        self.assertEqual(([self.folder, self.path("b")], ["a.py", "b/c.py"]), (result["folders"], result["written"]))
        owners = [(found.st_uid, found.st_gid) for found in (os.stat(self.path(name)) for name in ("", "b", "a.py", "b/c.py"))]
        self.assertEqual([(os.geteuid(), os.getegid())] * 4, owners)

    def test_links_are_replaced_or_removed_and_what_they_point_to_stays(self):
        elsewhere = self.folder + "-elsewhere"
        files.write(os.path.join(elsewhere, "a.py"), "1")
        os.chmod(os.path.join(elsewhere, "a.py"), 0o644)
        os.mkdir(self.folder)
        os.symlink(os.path.join(elsewhere, "a.py"), self.path("a.py"))
        os.symlink(elsewhere, self.path("old"))

        result = self.run_module(a="1")

        self.assertEqual((["a.py"], ["old"]), (result["written"], result["removed"]))
        self.assertFalse(os.path.islink(self.path("a.py")))
        self.assertEqual(["a.py"], os.listdir(elsewhere))

    def test_the_ends_of_lines_count(self):
        self.run_module(a="1\n", b="2\r\n")
        with open(self.path("a.py"), "wb") as file:
            file.write(b"1\r\n")

        self.assertEqual(["a.py"], self.run_module(a="1\n", b="2\r\n")["written"])
        with open(self.path("b.py"), "rb") as file:
            self.assertEqual(b"2\r\n", file.read())

    def test_what_is_in_the_way_of_a_folder_is_an_error(self):
        os.mkdir(self.folder)
        os.symlink("/", self.path("link"))
        files.write(self.path("file"), "")

        for name in ("file", "link"):
            for check in (True, False):
                result = self.run_module(check=check, **{f"{name}__a": "1"})

                self.assertTrue(result["failed"])
                self.assertIn(f"Not a directory: '{self.path(name)}'", result["msg"])

    def test_files_come_as_a_value_or_as_its_json(self):
        self.run_module(a="1")

        for wanted in ({"a.py": "1"}, json.dumps({"a.py": "1"})):
            self.assertFalse(run(program={"path": self.folder, "files": wanted})["changed"])

    def test_a_name_that_is_not_below_the_folder_is_an_error(self):
        result = run(program={"path": self.folder, "files": {"/a.py": "1"}})

        self.assertEqual(f"'/a.py' is not below {self.folder}", result["msg"])

    def test_what_cannot_be_written_is_an_error(self):
        files.write(self.path("a.py/in-the-way"), "")

        result = self.run_module(a="1")

        self.assertTrue(result["failed"])
        self.assertIn(self.folder, result["msg"])


class FilesTests(unittest.TestCase):
    """Files and folders wherever they belong."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = holder.name

    def run_module(self, check=False, folders=None, **wanted):
        return run(
            check,
            program={"path": self.path("program"), "files": {}},
            folders={self.path(name): each for name, each in (folders or {}).items()},
            files={self.path(name): each for name, each in wanted.items()})

    def path(self, name):
        return os.path.join(self.root, name)

    def mode(self, name):
        return stat.S_IMODE(os.stat(self.path(name)).st_mode)

    def test_a_text_and_a_value_as_json(self):
        wanted = {"a": {"text": "1\n", "mode": "0750"}, "b/c": {"json": {"z": True, "a": [1]}}}

        self.assertTrue(self.run_module(**wanted)["changed"])
        self.assertFalse(self.run_module(**wanted)["changed"])
        self.assertEqual(("1\n", 0o750, 0o644), (files.read(self.path("a")), self.mode("a"), self.mode("b/c")))
        self.assertEqual({"z": True, "a": [1]}, json.loads(files.read(self.path("b/c"))))

    def test_another_mode_is_corrected(self):
        self.run_module(a={"text": "1", "mode": "0755"}, folders={"d": {"mode": "0750"}})
        os.chmod(self.path("a"), 0o644)
        os.chmod(self.path("d"), 0o755)

        result = self.run_module(a={"text": "1", "mode": "0755"}, folders={"d": {"mode": "0750"}})

        self.assertEqual(([self.path("d")], [self.path("a")]), (result["folders"], result["written"]))
        self.assertEqual((0o755, 0o750), (self.mode("a"), self.mode("d")))

    @unittest.skipUnless(os.geteuid() == 0, "only root gives files away")
    def test_a_group_by_its_name(self):
        self.run_module(a={"group": "daemon"}, folders={"d": {"group": "daemon"}})

        owners = [(found.st_uid, found.st_gid) for found in (os.stat(self.path(name)) for name in ("a", "d"))]
        self.assertEqual([(0, grp.getgrnam("daemon").gr_gid)] * 2, owners)

    def test_an_unknown_group_and_an_unknown_word_are_errors(self):
        for wanted in ({"group": "no-such-group"}, {"texts": "1"}, {"mode": "rw"}):
            self.assertTrue(self.run_module(a=wanted)["failed"])
            self.assertFalse(os.path.exists(self.path("a")))

    def test_a_file_to_keep_is_written_once(self):
        self.assertEqual([self.path("a")], self.run_module(a={"keep": True})["written"])
        files.write(self.path("a"), "filled by somebody")

        self.assertFalse(self.run_module(a={"keep": True})["changed"])
        self.assertEqual("filled by somebody", files.read(self.path("a")))

    def test_a_check_writes_nothing(self):
        self.assertEqual([self.path("a")], self.run_module(check=True, a={"text": "1"}, folders={"d": {}})["written"])
        self.assertEqual([], os.listdir(self.root))


if __name__ == "__main__":
    unittest.main()
