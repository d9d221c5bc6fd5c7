"""What the TypeScript sources say and workers need: data files beside this one, made by `scripts/cluster/words.mjs`."""

import json
from pathlib import Path
from typing import Any

# files that were read: a plain dictionary, since what functools keeps does not go to workers by value
_read: dict[str, Any] = {}


def reason_words() -> dict[str, dict[str, str]]:
    """The texts of reasons by language."""
    return _data("reason_words.json")


def error_words() -> dict[str, str]:
    """The texts of the errors that are raised here, by their codes."""
    return _data("error_words.json")


def model_format() -> dict[str, Any]:
    """The newest schema of a model file that is read, and what it may require."""
    return _data("model_format.json")


def _data(name: str) -> Any:
    if name not in _read:
        _read[name] = json.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return _read[name]
