"""Errors that a person can act on: a code of Espejo's catalogue with its parameters."""

import json
import re

from .words import error_words


class Failure(Exception):
    """
    An error with its `code` and `parameters`. Its text says what is wrong and what to do, and then holds all of it once more,
    so that it survives the way from a worker through Spark.
    """

    def __init__(self, code: str, /, **parameters):
        marked = "ESPEJO" + json.dumps({"code": code, "parameters": parameters})
        super().__init__(f"{_sentence(code, parameters)} {marked}".strip())
        self.code, self.parameters = code, parameters

    def __reduce__(self):
        return (_again, (self.code, self.parameters))


def _again(code, parameters):
    return Failure(code, **parameters)


def _sentence(code: str, parameters: dict) -> str:
    """The text of an error; "" on workers, which have no files of this package."""
    try:
        text = error_words()[code]
    except (OSError, KeyError, NameError):
        return ""

    def fill(place: re.Match) -> str:
        value = str(parameters.get(place[1], place[0]))
        one, bar, more = (place[2] or "").partition("|")
        return (one if value == "1" else more) if bar else value

    return re.sub(r"\{(\w+)(?::([^{}]*))?\}", fill, text)
