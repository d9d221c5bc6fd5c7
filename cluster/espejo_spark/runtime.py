"""ONNX Runtime in the processes of workers: the same version as on the driver, silent, one thread for each."""

import os
import socket
import sys
from collections import OrderedDict
from types import ModuleType
from typing import TYPE_CHECKING

from .failures import Failure

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# Programs that a process keeps loaded; the oldest go.
_MOST_KEPT = 16


def runtime_version() -> str:
    """The version of ONNX Runtime in this process. Throws `cluster_no_runtime`."""
    return _runtime().__version__


def session_of(program: bytes, expected_version: str) -> "InferenceSession":
    """
    The session of a program, loaded once in each process. Throws `cluster_no_runtime` where this host has no ONNX Runtime,
    `cluster_version` where it has another than `expected_version`, `engine_refused` where that does not take the program.
    """
    runtime = _runtime()
    if runtime.__version__ != expected_version:
        raise Failure(
            "cluster_version",
            host=socket.gethostname(),
            version=runtime.__version__,
            wanted=expected_version,
        )
    kept = _sessions()
    session = kept.pop(program, None) or _loaded(runtime, program)
    kept[program] = session
    if len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
    return session


def _loaded(runtime: ModuleType, program: bytes) -> "InferenceSession":
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    try:
        return runtime.InferenceSession(program, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime has a class for each of its refusals
        raise Failure("engine_refused", reason=str(error).strip()) from error


def _runtime() -> ModuleType:
    # before it is loaded: it reads them once
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("ORT_TELEMETRY_DISABLED", "1")
    try:
        import onnxruntime
    except ImportError as error:
        raise Failure("cluster_no_runtime", host=socket.gethostname()) from error
    onnxruntime.disable_telemetry_events()
    return onnxruntime


def _sessions() -> "OrderedDict[bytes, InferenceSession]":
    """
    What this process has loaded. Functions come to workers by value, each time with globals of their own, so that it has to
    lie where all of them look.
    """
    name = "_espejo_sessions"
    module = sys.modules.setdefault(name, ModuleType(name))
    return module.__dict__.setdefault("sessions", OrderedDict())
