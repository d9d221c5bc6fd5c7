"""Hashes of rows, the same as those of `espejo train --split hash` (src/tasks/rows/row-hash.ts).

MurmurHash3 (Appleby 2011, x86_32) over the two words of each number, then over one of each category, the FNV-1a of
its UTF-8. Missing numbers are one NaN, and -0 is 0.
"""

import numpy as np
import pyarrow as pa

# What tells the second hash of a row from the first.
_SECOND = 0x9E3779B9

_MASK = 0xFFFFFFFF


def row_hashes(numeric: np.ndarray, categories: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Both uint32 [rows] of numbers [rows, p] and texts [rows, q]: the first one deals rows, the second orders them."""
    rows, p = numeric.shape
    q = categories.shape[1]
    start = _mixed(seed & _MASK) ^ _mixed((seed >> 32) & _MASK)
    hashes = np.full(rows, start, np.uint32), np.full(rows, start ^ _SECOND, np.uint32)
    for j in range(p):
        bits = _bits(numeric[:, j])
        _stir(hashes, bits.astype(np.uint32))
        _stir(hashes, (bits >> np.uint64(32)).astype(np.uint32))
    for j in range(q):
        _stir(hashes, _text_hashes(categories[:, j]))
    for each in hashes:
        each ^= np.uint32(4 * (2 * p + q))
        _finish(each)
    return hashes


def row_keys(numeric: np.ndarray, categories: np.ndarray, seed: int) -> np.ndarray:
    """int64 [rows] of both hashes, the second one above: equal rows have equal keys, others practically never."""
    first, second = (each.astype(np.uint64) for each in row_hashes(numeric, categories, seed))
    return ((second << np.uint64(32)) | first).view(np.int64)


def _bits(values: np.ndarray) -> np.ndarray:
    """The bits of float64 values; all NaN are one, and -0 is 0."""
    values = np.ascontiguousarray(values, np.float64) + 0.0
    bits = values.view(np.uint64)
    missing = np.isnan(values)
    return np.where(missing, np.uint64(0x7FF80000_00000000), bits) if missing.any() else bits


def _text_hashes(texts: np.ndarray) -> np.ndarray:
    """FNV-1a (Fowler, Noll, Vo), 32 bits, of each text; computed once for equal ones."""
    encoded = pa.array(texts, pa.string()).dictionary_encode()
    hashes = np.empty(len(encoded.dictionary), np.uint32)
    for i, text in enumerate(encoded.dictionary.to_pylist()):
        value = 0x811C9DC5
        for byte in text.encode("utf-8"):
            value = ((value ^ byte) * 0x01000193) & _MASK
        hashes[i] = value
    return hashes[encoded.indices.to_numpy()]


def _rotate(x: np.ndarray, by: int) -> np.ndarray:
    return (x << np.uint32(by)) | (x >> np.uint32(32 - by))


def _stir(hashes: tuple[np.ndarray, ...], words: np.ndarray) -> None:
    """A word more in each hash of rows, in place."""
    words *= np.uint32(0xCC9E2D51)
    words = _rotate(words, 15)
    words *= np.uint32(0x1B873593)
    for each in hashes:
        each ^= words
        each[:] = _rotate(each, 13)
        each *= np.uint32(5)
        each += np.uint32(0xE6546B64)


def _finish(hashes: np.ndarray) -> None:
    """MurmurHash3's finaliser, in place."""
    hashes ^= hashes >> np.uint32(16)
    hashes *= np.uint32(0x85EBCA6B)
    hashes ^= hashes >> np.uint32(13)
    hashes *= np.uint32(0xC2B2AE35)
    hashes ^= hashes >> np.uint32(16)


def _mixed(x: int) -> int:
    """SplitMix32's finaliser."""
    x = ((x ^ (x >> 16)) * 0x21F0AAAD) & _MASK
    x = ((x ^ (x >> 15)) * 0x735A2D97) & _MASK
    return x ^ (x >> 15)
