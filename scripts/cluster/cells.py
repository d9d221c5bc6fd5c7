"""
The Python side of check-cells.mjs.
  cells.py write FOLDER   writes Parquet files of all types, and tells of them in JSON
  cells.py check PLAN     does the checks of a plan, tells of those that fail, and how many passed and failed
"""

import base64
import decimal
import json
import math
import random
import sys
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

sys.path.insert(0, str(Path(__file__).parents[2] / "cluster"))
from espejo_spark.cells import Reading  # noqa: E402
from espejo_spark.dates import DateReader  # noqa: E402
from espejo_spark.failures import Failure  # noqa: E402
from espejo_spark.find import find_column, missing_column  # noqa: E402
from espejo_spark.layouts import layout_of  # noqa: E402
from espejo_spark.marks import marks_of  # noqa: E402
from espejo_spark.numbers import NumberReader  # noqa: E402
from espejo_spark.zones import Zone  # noqa: E402

ROWS = 700
# of made tables few rows at a time, so that batches begin anywhere
BATCH_ROWS = {True: 97, False: 10_000}


def unpacked(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.float64)


def difference(found: np.ndarray, expected: np.ndarray) -> int | None:
    """The first place where the bits differ, all NaN being one."""
    if len(found) != len(expected):
        return min(len(found), len(expected))
    same = (found.view(np.int64) == expected.view(np.int64)) | (np.isnan(found) & np.isnan(expected))
    places = np.flatnonzero(~same)
    return int(places[0]) if len(places) else None


def check_zone(check: dict) -> str | None:
    zone = Zone(check["name"])
    for name, found in (("walls", zone._walls), ("offsets", zone._offsets)):
        place = difference(found.astype(np.float64), unpacked(check[name]))
        if place is not None:
            return f"{name} differ at {place}"
    return None


def check_layout(check: dict) -> str | None:
    layout = layout_of(check["name"])
    if check["pattern"] is None:
        return None if layout is None else "is a layout here"
    if layout is None:
        return "is no layout here"
    if layout.pattern != check["pattern"] or list(layout.fields) != check["fields"]:
        return f"{layout.pattern} {layout.fields}, {check['pattern']} {check['fields']}"
    return None


def check_dates(check: dict) -> str | None:
    zone = Zone(check["zone"]) if check["zone"] else None
    found = DateReader("d", check["ways"], zone).read(pa.array(check["cells"]))
    return told(check, found)


def check_numbers(check: dict) -> str | None:
    marks = marks_of({}).texts
    found, _ = NumberReader("n", check["style"], marks).read(pa.array(check["cells"]))
    return told(check, found)


def check_find(check: dict) -> str | None:
    names, column = check["names"], check["column"]
    if "used" in check:
        failure = missing_column("DATA", column, names, check["used"])
        found = {"code": failure.code, "parameters": failure.parameters}
    else:
        try:
            found = {"place": find_column(names, column, "DATA", check["code"])}
        except Failure as failure:
            found = {"code": failure.code, "parameters": failure.parameters}
    return None if found == check["expected"] else f"{found}, and {check['expected']} there"


def told(check: dict, found: np.ndarray) -> str | None:
    expected = unpacked(check["expected"])
    place = difference(found, expected)
    if place is None:
        return None
    return f"{check['cells'][place]!r} is {found[place]!r}, and {expected[place]!r} there"


def table_of(check: dict) -> pa.Table:
    """A table as a cluster has it: CSV as texts."""
    detected, names = check["detected"], check["names"]
    if detected["format"] == "parquet":
        return parquet.read_table(check["path"]).rename_columns(names)
    above = [each for each in detected["skipped"] if each["line"] <= 10]
    return csv.read_csv(
        check["path"],
        read_options=csv.ReadOptions(
            column_names=names,
            skip_rows=int(detected["header"]) + len(above),
            encoding={"latin-1": "cp1252", "utf-16": "utf-16"}.get(detected["encoding"], "utf-8"),
            block_size=1 << 28,
        ),
        parse_options=csv.ParseOptions(
            delimiter=detected["delimiter"], quote_char=detected["quote"] or False, newlines_in_values=True
        ),
        convert_options=csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False
        ),
    )


def check_table(check: dict):
    """Yields for each column and for what could not be read whether all cells are the same, and what is not."""
    try:
        table = table_of(check)
    except pa.ArrowInvalid as error:
        yield from ragged(check, str(error))
        return
    if table.num_rows != check["rows"]:
        yield from ragged(check, f"{table.num_rows} rows, and {check['rows']} there")
        return
    reading = Reading(check["columns"], check["detected"], table.schema)
    words = json.loads(Path(check["files"]["words"]).read_text("utf-8"))
    expected = np.fromfile(check["files"]["numbers"]).reshape(check["rows"], -1)
    parts = [reading.cells(batch, check["text"]) for batch in table.to_batches(max_chunksize=BATCH_ROWS[check["made"]])]
    numeric = np.concatenate([part.numeric for part in parts])
    for j, name in enumerate(reading.numeric):
        place = difference(np.ascontiguousarray(numeric[:, j]), np.ascontiguousarray(expected[:, j]))
        written = None if place is None else table.column(name)[place].as_py()
        yield name, place is not None and f"row {place}: {written!r} is {numeric[place, j]!r}, and {expected[place, j]!r} there"
    columns = {name: [cell for part in parts for cell in part.text[name]] for name in check["text"]}
    categories = np.concatenate([part.categories for part in parts])
    width = len(reading.categories)
    pairs = [(f"{name} as text", columns[name], words["text"][i]) for i, name in enumerate(check["text"])]
    pairs += [
        (name, categories[:, j].tolist(), words["categories"][j::width]) for j, name in enumerate(reading.categories)
    ]
    unread = [
        ", ".join(name for name, bad in zip(reading.numeric, row) if bad) for part in parts for row in part.unread_rows
    ]
    pairs.append(("what could not be read", unread, words["unread"]))
    for name, found, there in pairs:
        place = next((i for i, (a, b) in enumerate(zip(found, there)) if a != b), None)
        yield name, place is not None and f"row {place}: {found[place]!r}, and {there[place]!r} there"
    for name in check["nested"]:
        yield name, not refused(check, table.schema, name) and "is not refused"


def ragged(check: dict, why: str):
    """A made table must be read; of published ones some have lines that are no rows, which a cluster reads otherwise."""
    if check["made"]:
        yield "rows", why
    else:
        print(f"left out: {check['name']}: lines in it are no rows: {why[:80]}")


def refused(check: dict, schema: pa.Schema, name: str) -> bool:
    try:
        Reading([{"name": name, "type": "number", "role": "feature", "unit": None, "input": "numeric"}], {}, schema)
    except Failure as failure:
        return failure.code == "cluster_nested"
    return False


KINDS = {"zone": check_zone, "layout": check_layout, "dates": check_dates, "numbers": check_numbers, "find": check_find}


def check_all(plan: str) -> None:
    passed, failed = 0, 0
    for check in json.loads(Path(plan).read_text("utf-8")):
        kind = check["kind"]
        found = check_table(check) if kind == "table" else [("", KINDS[kind](check))]
        for part, wrong in found:
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong:
                print(f"FAILED {kind} {check['name']}{part and ', '}{part}: {wrong}")
    print(passed, failed)


def write_types(folder: str) -> None:
    """Files with columns of all types that a cluster may give, with missing cells."""
    draw = random.Random(7)

    def column(kind: pa.DataType, cell, share: float = 0.1) -> pa.Array:
        return pa.array([None if draw.random() < share else cell() for _ in range(ROWS)], kind)

    def whole(bits: int, signed: bool = True):
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
        # as many digits as come, up to those that double precision does not hold
        return lambda: min(high, max(low, draw.choice([1, -1 if signed else 1]) * draw.randrange(2 ** draw.randint(1, bits))))

    def real():
        kind = draw.random()
        if kind < 0.1:
            return draw.choice([math.nan, 0.0, -0.0, 1e15, 1e16, 123456789012345680.0, -2.0, 1e-5, 1e-4, 5e-324, 1e100])
        return draw.choice([1, -1]) * round(draw.random() * 10 ** draw.randint(-6, 17), draw.randint(0, 8))

    def fixed(precision: int, scale: int):
        def cell():
            digits = draw.randrange(10 ** draw.randint(1, precision))
            return decimal.Decimal(draw.choice([1, -1]) * digits).scaleb(-scale, decimal.Context(prec=60))

        return cell

    def moment():
        start = datetime(draw.choice([1, 1890, 1969, 1970, 2023, 9999]), draw.randint(1, 12), draw.randint(1, 28))
        micros = draw.choice([0, 0, 500_000, 123_456, 100, 120_000])
        return start.replace(hour=draw.randint(0, 23), minute=draw.randint(0, 59), second=draw.randint(0, 59), microsecond=micros)

    numbers = {
        **{f"int{bits}": column(getattr(pa, f"int{bits}")(), whole(bits)) for bits in (8, 16, 32, 64)},
        **{f"uint{bits}": column(getattr(pa, f"uint{bits}")(), whole(bits, False)) for bits in (8, 16, 32)},
        "uint64": column(pa.uint64(), lambda: whole(63, False)()),
        "full": column(pa.int32(), whole(16), 0),
        "float": column(pa.float32(), lambda: min(real(), 1e30)),
        "double": column(pa.float64(), real),
        "dense": column(pa.float64(), lambda: draw.gauss(0, 1), 0),
    }
    sizes = [(4, 1), (4, 4), (9, 2), (10, 0), (16, 4), (18, 2), (18, 17), (19, 2), (28, 6), (38, 0), (38, 9), (38, 30), (38, 38)]
    decimals = {f"decimal {p} {s}": column(pa.decimal128(p, s), fixed(p, s)) for p, s in sizes}
    truths = {"truth": column(pa.bool_(), lambda: draw.random() < 0.4), "always": column(pa.bool_(), lambda: draw.random() < 0.4, 0)}
    dates = {
        "day": column(pa.date32(), lambda: date(draw.choice([1, 1850, 1969, 2024, 9999]), draw.randint(1, 12), draw.randint(1, 28))),
        "clock": column(pa.timestamp("us"), moment),
        "clock ms": column(pa.timestamp("ms"), lambda: moment().replace(microsecond=120_000)),
        "clock ns": column(pa.timestamp("ns"), lambda: moment().replace(year=draw.choice([1890, 1969, 2023]))),
        "moment": column(pa.timestamp("us", tz="UTC"), moment),
        "moment there": column(pa.timestamp("us", tz="Europe/Madrid"), moment),
    }
    texts = {
        "text": column(pa.string(), lambda: draw.choice([" a", "b ", "\u00a0c", "NA", "", "long text", "é"])),
        "large": column(pa.large_string(), lambda: draw.choice(["x", "y"])),
        "coded": column(pa.string(), lambda: draw.choice(["one", "two"])).dictionary_encode(),
        "comma": column(pa.string(), lambda: f"{draw.randint(0, 9999)},{draw.randint(0, 99)}"),
        "written day": column(pa.string(), lambda: f"{draw.randint(13, 28)}/0{draw.randint(1, 9)}/20{draw.randint(10, 24)}"),
        "said": column(pa.string(), lambda: draw.choice(["TRUE", "False"])),
    }
    if int(pa.__version__.split(".")[0]) >= 21:
        # before, Arrow wrote hours as those of UTC, which its own type does not tell
        texts["hour"] = column(pa.time64("us"), lambda: time(draw.randint(0, 23), 5, 0, draw.choice([0, 500_000])))
    counts = {
        "since": column(pa.int64(), lambda: draw.randint(10**9, 2 * 10**9)),
        "since ms": column(pa.float64(), lambda: draw.randint(10**12, 2 * 10**12) + draw.choice([0, 0.5])),
        "compact": column(pa.int32(), lambda: 20000101 + draw.randint(0, 9) * 10000 + draw.randint(0, 11) * 100 + draw.randint(0, 30)),
        "month": column(pa.int32(), lambda: 200001 + draw.randint(0, 9) * 100 + draw.randint(0, 11)),
        "excel": column(pa.float32(), lambda: draw.randint(30_000, 50_000) + draw.choice([0, 0.1, 0.7])),
    }
    nested = {
        "list": pa.array([[1, 2]] * ROWS),
        "struct": pa.array([{"a": 1, "b": "x"}] * ROWS),
        "map": pa.array([[("k", 1)]] * ROWS, pa.map_(pa.string(), pa.int64())),
        "bytes": pa.array([b"\x00\x01"] * ROWS),
    }
    files = []

    def write(name: str, columns: dict[str, pa.Array], **options) -> None:
        path = str(Path(folder) / f"{len(files)}.parquet")
        parquet.write_table(pa.table(columns), path, row_group_size=300)
        files.append({"name": name, "path": path, "options": options})

    def typed(columns: dict[str, pa.Array], kind: str) -> dict[str, str]:
        return {name: kind for name in columns}

    write("numbers and truths", {**numbers, **decimals, **truths}, types=typed({**numbers, **decimals}, "number"))
    write("numbers as categories", {**numbers, **decimals, **truths}, types=typed({**numbers, **decimals}, "category"))
    write("dates", dates, types=typed(dates, "date"))
    write("dates of a place", dates, types=typed(dates, "date"), zone="Europe/Madrid")
    write("dates as categories", dates, types=typed(dates, "category"))
    write("texts", texts, types={"comma": "number", "written day": "date", "said": "boolean"})
    write("counts", counts, types=typed(counts, "date"))
    write("types that no number has", {**dates, **truths}, types=typed({}, "number"), missing=["0", "-200"])
    write("nested", {**nested, "x": numbers["dense"], "y": numbers["full"]})
    print(json.dumps(files))


if __name__ == "__main__":
    {"write": write_types, "check": check_all}[sys.argv[1]](sys.argv[2])
