"""The model file of a table, as workers use it."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

import numpy as np

from .failures import Failure
from .onnx_file import NotOnnx, input_names, metadata_of, output_names, part_of
from .runtime import session_of
from .words import model_format

_PREFIX = "espejo."
_HALF = "espejo.part"


@dataclass(frozen=True)
class Pca:
    """The PCA that was fitted with a model, on the prepared columns: float64 [p] and [components, p]."""

    mean: np.ndarray
    axes: np.ndarray

    def errors(self, prepared: np.ndarray) -> np.ndarray:
        """float32 [rows], the mean over columns of (x - reconstruction)^2."""
        centred = prepared[:, : len(self.mean)].astype(np.float64) - self.mean
        left = centred - (centred @ self.axes.T) @ self.axes
        return np.square(left).mean(axis=1).astype(np.float32)


class Model:
    """A model file, checked, that goes to workers as it is. Throws `model_damaged` for bytes that hold no graph."""

    def __init__(self, content: bytes, path: str, version: str, metadata: dict[str, Any]):
        self.content = content
        # for messages
        self.path = path
        # of ONNX Runtime, which workers must have too
        self.version = version
        self.metadata = metadata
        # all columns of the training table, in source order; those of the two inputs in the order of these
        self.columns: list[dict[str, Any]] = metadata["columns"]
        self.numeric = [column for column in self.columns if column["input"] == "numeric"]
        self.categories = [column for column in self.columns if column["input"] == "categories"]
        # columns of which no cell was missing in training
        self.never_missing = _never_missing(metadata, self.numeric + self.categories)
        # a row is an anomaly when its score is greater
        self.threshold: float = metadata["threshold"]["value"]
        self.latent_size: int = metadata.get("latentDim") or metadata["architecture"]["latentDim"]
        self.pca = metadata["pca"] and _pca_of(metadata["pca"])
        try:
            self.inputs, self.outputs = input_names(content), output_names(content)
        except NotOnnx as error:
            raise Failure("model_damaged", path=path, reason=str(error)) from error
        self._parts: dict[tuple[tuple[str, ...], bool], bytes] = {}

    def run(
        self, outputs: list[str], numeric: np.ndarray, categories: np.ndarray
    ) -> dict[str, np.ndarray]:
        """
        Values of some outputs for raw rows, float64 [rows, p] and strings [rows, q]; only what they need is computed.
        Throws `engine_failed`, and what `session_of` does.
        """
        complete = not np.isnan(numeric).any() and not (categories == "").any()
        session = session_of(self._part(tuple(outputs), complete), self.version)
        try:
            results = session.run(None, self._feeds(numeric, categories))
        except Exception as error:  # the runtime has a class for each of its failures
            raise Failure("engine_failed", reason=str(error).strip()) from error
        return dict(zip(outputs, results))

    def _part(self, outputs: tuple[str, ...], complete: bool) -> bytes:
        key = (outputs, complete)
        if key not in self._parts:
            try:
                self._parts[key] = part_of(self.content, outputs, complete)
            except KeyError as error:
                reason = f'it computes no "{error.args[0]}"'
                raise Failure("model_damaged", path=self.path, reason=reason) from error
        return self._parts[key]

    def _feeds(self, numeric: np.ndarray, categories: np.ndarray) -> dict[str, np.ndarray]:
        # a network from elsewhere takes its columns as float32
        if self.inputs[:1] == ["x"]:
            return {"x": numeric.astype(np.float32)}
        feeds = {"numeric": numeric, "categories": categories}
        return {name: cells for name, cells in feeds.items() if cells.shape[1] > 0}


def _never_missing(metadata: dict[str, Any], columns: list[dict[str, Any]]) -> frozenset[str]:
    profile = metadata["profile"]
    known = [*profile["numeric"], *profile["categories"]]
    return frozenset(
        column["name"] for column, of in zip(columns, known) if of["missing"] == 0
    )


def _pca_of(kept: dict[str, Any]) -> Pca:
    mean, axes = (
        np.frombuffer(base64.b64decode(kept[name]), "<f4").astype(np.float64)
        for name in ("mean", "axes")
    )
    return Pca(mean, axes.reshape(kept["components"], len(mean)))


ModelAddress = Union[Model, bytes, str, Path]


def model_of(address: ModelAddress, version: str, path: str | None = None) -> Model:
    """
    Reads a model file by its path, or out of its bytes, for workers that have this version of ONNX Runtime. Throws
    `file_missing`, `model_not_espejo`, `model_half`, `model_newer`, `model_damaged` or `model_content`.
    """
    if isinstance(address, Model):
        return address
    if isinstance(address, bytes):
        content, name = address, path or "model"
    else:
        content, name = _content_of(address), path or str(address)
    return Model(content, name, version, _metadata_of(content, name))


def _content_of(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise Failure("file_missing", path=str(path)) from error
    except OSError as error:
        raise Failure("file_unreadable", path=str(path), reason=error.strerror or "") from error


def _metadata_of(content: bytes, path: str) -> dict[str, Any]:
    def damaged(reason: str) -> Failure:
        return Failure("model_damaged", path=path, reason=reason)

    try:
        entries = metadata_of(content)
    except (NotOnnx, UnicodeDecodeError) as error:
        raise damaged(str(error)) from error
    own = {name: text for name, text in entries.items() if name.startswith(_PREFIX)}
    if not own:
        raise Failure("model_not_espejo", path=path)
    if _HALF in own:
        raise Failure("model_half", path=path, part=own[_HALF])

    def part(name: str) -> Any:
        try:
            return json.loads(own[_PREFIX + name])
        except (KeyError, ValueError) as error:
            raise damaged(f"{_PREFIX}{name} is missing or not whole JSON") from error

    _check_version(part("schema"), part("requires") if "espejo.requires" in own else [], path)
    if "espejo.columns" not in own:
        raise Failure("model_content", path=path, content=part("source")["content"])
    names = ("architecture", "columns", "golden", "pca", "profile", "source", "threshold", "training")
    metadata = {name: part(name) for name in names}
    if "espejo.latentDim" in own:
        metadata["latentDim"] = part("latentDim")
    return {**metadata, "kind": own.get("espejo.kind", "")}


def _check_version(schema: int, requires: list[str], path: str) -> None:
    known = model_format()
    unknown = [name for name in requires if name not in known["requirements"]]
    if schema > known["newestSchema"]:
        unknown.insert(0, f"schema {schema}")
    if unknown:
        raise Failure("model_newer", path=path, needs=", ".join(unknown))
