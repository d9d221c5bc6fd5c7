"""Rows of numbers as one binary cell each, and back, without a copy where Arrow has them side by side."""

import base64

import numpy as np
import pyarrow as pa


def matrix_column(matrix: np.ndarray) -> pa.Array:
    """A column of binaries, one for each row of a matrix."""
    matrix = np.ascontiguousarray(matrix)
    rows = matrix.shape[0]
    width = matrix.itemsize * int(np.prod(matrix.shape[1:]))
    offsets = np.arange(0, (rows + 1) * width, width, dtype=np.int32) if width else np.zeros(rows + 1, np.int32)
    return pa.Array.from_buffers(
        pa.binary(), rows, [None, pa.py_buffer(offsets), pa.py_buffer(matrix.tobytes())]
    )


def matrix_of(column: pa.Array, width: int, dtype) -> np.ndarray:
    """The matrix [rows, width] of a column of binaries."""
    rows = len(column)
    _, offsets, data = column.buffers()
    if rows == 0 or width == 0 or data is None:
        return np.empty((rows, width), dtype)
    starts = np.frombuffer(offsets, np.int32, rows + 1, column.offset * 4)
    cells = np.frombuffer(data, np.uint8)[starts[0] : starts[-1]]
    aligned = cells.ctypes.data % 8 == 0
    return (cells if aligned else cells.copy()).view(dtype).reshape(rows, width)


def array_text(array: np.ndarray) -> str:
    """The bytes of an array, as text."""
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
