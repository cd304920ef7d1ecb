"""The playbook's description of this gateway."""

import json
from types import SimpleNamespace

PATH = "/etc/tfgrid-gateway/config.json"


class Config(SimpleNamespace):
    @staticmethod
    def load(path=PATH):
        with open(path, encoding="utf-8") as file:
            return json.load(file, object_hook=lambda item: Config(**item))

    def has(self, backend):
        return any(known.name == backend for known in self.backends)
