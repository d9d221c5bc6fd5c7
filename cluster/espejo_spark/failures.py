"""Errors that a person can act on: a code of Espejo's catalogue with its parameters."""

import json


class Failure(Exception):
    """Survives the way from a worker through Spark: its text holds all that it says."""

    def __init__(self, code: str, /, **parameters):
        super().__init__("ESPEJO" + json.dumps({"code": code, "parameters": parameters}))
        self.code, self.parameters = code, parameters

    def __reduce__(self):
        return (_again, (self.code, self.parameters))


def _again(code, parameters):
    return Failure(code, **parameters)
