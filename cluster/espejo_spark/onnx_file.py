"""ONNX files as bytes: what they say of themselves, and parts of them, without a library for protobuf."""

from collections.abc import Iterable, Iterator

# numbers of fields in onnx.proto
_MODEL_GRAPH, _MODEL_METADATA = 7, 14
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_INPUT, _GRAPH_OUTPUT, _GRAPH_VALUE = 1, 5, 11, 12, 13
_NODE_INPUT, _NODE_OUTPUT, _NODE_TYPE, _NODE_ATTRIBUTE = 1, 2, 4, 5
_ATTRIBUTE_GRAPH = 6
_TENSOR_NAME = 8
_NAME = 1
_FLOAT32 = 1


class NotOnnx(ValueError):
    """The bytes are no protobuf message, or are cut off."""


def metadata_of(model: bytes) -> dict[str, str]:
    """The entries of `metadata_props`. Throws `NotOnnx`."""
    entries: dict[str, str] = {}
    for number, field in _fields(memoryview(model)):
        if number == _MODEL_METADATA:
            texts = {at: bytes(text).decode() for at, text in _fields(field)}
            entries[texts.get(1, "")] = texts.get(2, "")
    return entries


def input_names(model: bytes) -> list[str]:
    """What the graph takes, in order."""
    return _names(_graph_of(model), _GRAPH_INPUT)


def output_names(model: bytes) -> list[str]:
    """What the graph gives, in order."""
    return _names(_graph_of(model), _GRAPH_OUTPUT)


def part_of(model: bytes, outputs: Iterable[str], complete: bool = False) -> bytes:
    """
    The part of a model that computes some values, any of its graph, without its metadata. With `complete` it is for rows
    without a missing cell alone: what fills these is passed by, as `withoutFilling` of Espejo does.
    """
    graph = _graph_of(model)
    nodes = [field for number, field in _fields(graph) if number == _GRAPH_NODE]
    if complete:
        nodes = [_unfilled(node) for node in nodes]
    makers = {name: node for node in nodes for name in _texts(node, _NODE_OUTPUT)}
    wanted = list(outputs)
    inputs = set(_names(graph, _GRAPH_INPUT))
    unknown = [name for name in wanted if name not in makers and name not in inputs]
    if unknown:
        raise KeyError(unknown[0])
    needed, values = _needed(wanted, makers)
    declared = {
        _name_of(field): field for number, field in _fields(graph) if number == _GRAPH_OUTPUT
    }
    unneeded = {_GRAPH_NODE, _GRAPH_OUTPUT, _GRAPH_VALUE}
    named = {_GRAPH_INITIALIZER: _TENSOR_NAME, _GRAPH_INPUT: _NAME}
    parts = [
        whole
        for number, field, whole in _wholes(graph)
        if number not in unneeded
        and (number not in named or _name_of(field, named[number]) in values)
    ]
    parts += [_field(_GRAPH_NODE, node) for node in nodes if id(node) in needed]
    parts += [_field(_GRAPH_OUTPUT, declared.get(name) or _float_matrix(name)) for name in wanted]
    kept = [
        whole
        for number, _, whole in _wholes(memoryview(model))
        if number not in (_MODEL_GRAPH, _MODEL_METADATA)
    ]
    return b"".join([*kept, _field(_MODEL_GRAPH, b"".join(parts))])


def _needed(wanted: list[str], makers: dict[str, bytes | memoryview]) -> tuple[set[int], set[str]]:
    """The nodes (by identity) that some values hang on, and the names of all values that these use."""
    needed: set[int] = set()
    values: set[str] = set()
    left = list(wanted)
    while left:
        name = left.pop()
        if name in values:
            continue
        values.add(name)
        maker = makers.get(name)
        if maker is not None and id(maker) not in needed:
            needed.add(id(maker))
            left.extend(_used_by(maker))
    return needed, values


def _used_by(node: bytes | memoryview) -> list[str]:
    """The values that a node uses, those its bodies take from outside included."""
    used = _texts(node, _NODE_INPUT)
    for number, attribute in _fields(node):
        if number != _NODE_ATTRIBUTE:
            continue
        for part, body in _fields(attribute):
            if part != _ATTRIBUTE_GRAPH:
                continue
            for at, inner in _fields(body):
                if at == _GRAPH_NODE:
                    used.extend(_used_by(inner))
            used.extend(_names(body, _GRAPH_OUTPUT))
    return used


def _unfilled(node: memoryview) -> bytes | memoryview:
    """A node that writes filled rows among the others becomes one that passes these on."""
    outputs = _texts(node, _NODE_OUTPUT)
    if outputs[:1] != ["prepared"] or _texts(node, _NODE_TYPE) != ["ScatterND"]:
        return node
    given = _texts(node, _NODE_INPUT)[0].encode()
    return b"".join(
        [_field(_NODE_INPUT, given), _field(_NODE_OUTPUT, b"prepared"), _field(_NODE_TYPE, b"Identity")]
    )


def _float_matrix(name: str) -> bytes:
    """The description of a float32 matrix whose sizes are not fixed."""
    sizes = b"".join(_field(1, _field(2, size.encode())) for size in ("rows", f"{name}_columns"))
    tensor = _varint(1 << 3) + _varint(_FLOAT32) + _field(2, sizes)
    return _field(_NAME, name.encode()) + _field(2, _field(1, tensor))


def _graph_of(model: bytes) -> memoryview:
    for number, field in _fields(memoryview(model)):
        if number == _MODEL_GRAPH:
            return field
    raise NotOnnx("it holds no graph")


def _names(graph: memoryview, kind: int) -> list[str]:
    return [_name_of(field) for number, field in _fields(graph) if number == kind]


def _name_of(field: memoryview, place: int = _NAME) -> str:
    return next(iter(_texts(field, place)), "")


def _texts(message: bytes | memoryview, place: int) -> list[str]:
    return [bytes(field).decode() for number, field in _fields(message) if number == place]


def _fields(message: bytes | memoryview) -> Iterator[tuple[int, memoryview]]:
    """The fields of a message that have a length, each a view of its bytes; numbers are passed by."""
    return ((number, field) for number, field, _ in _wholes(message) if field is not None)


def _wholes(
    message: bytes | memoryview,
) -> Iterator[tuple[int, memoryview | None, memoryview]]:
    """The fields of a message: number, content where it has a length, and the field as it stands."""
    view = memoryview(message)
    at, end = 0, len(view)
    while at < end:
        start, content = at, None
        tag, at = _read_varint(view, at)
        wire = tag & 7
        if wire == 2:
            size, at = _read_varint(view, at)
            content = view[at : at + size]
            at += size
        elif wire == 0:
            _, at = _read_varint(view, at)
        elif wire in (1, 5):
            at += 8 if wire == 1 else 4
        else:
            raise NotOnnx("it is no protobuf message")
        if at > end:
            raise NotOnnx("it is cut off")
        yield tag >> 3, content, view[start:at]


def _read_varint(view: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(view) and shift < 64:
        byte = view[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    raise NotOnnx("it is cut off")


def _field(number: int, content: bytes | memoryview) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + bytes(content)


def _varint(value: int) -> bytes:
    digits = bytearray()
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    digits.append(value)
    return bytes(digits)
