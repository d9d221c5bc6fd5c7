"""
Rows for a cluster's check, made from real card transactions with noise: numbers of several widths, decimals, categories,
booleans, dates, moments, missing cells, a name for each row, a label. The same seed gives the same rows, whatever their
number of files; never more than a chunk of them is in memory.

    python data.py made FOLDER --rows 200000 --files 8
    python data.py sorted|skewed|one|csv|nested FOLDER --of FOLDER
"""

import argparse
import csv
import datetime
import glob
import gzip
import os

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

REAL = os.path.join(os.path.dirname(__file__), "../../examples/data/creditcard.csv.gz")
CHUNK = 50_000
FRAUDS = 0.01
NUMBERS = [f"V{i}" for i in range(1, 24)]
COUNTRIES = np.array(["España", "Perú", "México", "Chile", "Côte d'Ivoire", "Uruguay"])
CHANNELS = np.array(["shop", "web", "phone", "subscription"])
EPOCH = datetime.date(1970, 1, 1)
FIRST_DAY = (datetime.date(2025, 1, 1) - EPOCH).days

SCHEMA = pa.schema(
    [("id", pa.int64())]
    + [(name, pa.float64() if i < 18 else pa.float32()) for i, name in enumerate(NUMBERS)]
    + [
        ("instalments", pa.int32()),
        ("amount", pa.decimal128(12, 2)),
        ("channel", pa.string()),
        ("country", pa.string()),
        ("online", pa.bool_()),
        ("booked", pa.date32()),
        ("seen", pa.timestamp("us", tz="UTC")),
        ("Class", pa.string()),
    ]
)


class Transactions:
    """The real ones, and rows made from them."""

    def __init__(self, seed: int):
        self.seed = seed
        with gzip.open(REAL, "rt") as file:
            rows = list(csv.DictReader(file))
        self.numbers = np.array([[float(row[name]) for name in NUMBERS] for row in rows])
        self.amounts = np.array([float(row["Amount"]) for row in rows])
        self.seconds = np.array([float(row["Time"]) for row in rows])
        fraud = np.array([row["Class"].strip("'") == "1" for row in rows])
        self.kinds = np.flatnonzero(~fraud), np.flatnonzero(fraud)
        self.deviations = self.numbers[~fraud].std(axis=0)
        self.edges = {name: np.quantile(self.numbers[~fraud, NUMBERS.index(name)], q) for name, q in _EDGES.items()}

    def chunk(self, first: int, rows: int) -> pa.Table:
        """Rows `first` and on; a chunk is always drawn whole."""
        random = np.random.default_rng([self.seed, first // CHUNK])
        fraud = random.random(rows) < FRAUDS
        drawn = np.where(fraud, random.choice(self.kinds[1], rows), random.choice(self.kinds[0], rows))
        numbers = self.numbers[drawn] + random.normal(0, 0.3, (rows, len(NUMBERS))) * self.deviations
        amounts = self.amounts[drawn] * np.exp(random.normal(0, 0.2, rows))
        days = FIRST_DAY + random.integers(0, 365, rows)
        moments = days * 86_400 + self.seconds[drawn].astype(np.int64) % 86_400
        binned = {name: np.searchsorted(edges, numbers[:, NUMBERS.index(name)]) for name, edges in self.edges.items()}
        strays = random.random((3, rows)) < 0.1
        country = np.where(strays[0], random.integers(0, len(COUNTRIES), rows), binned["V11"])
        channel = np.where(strays[1], random.integers(0, len(CHANNELS), rows), binned["V4"])
        lost = lambda share: random.random(rows) < share  # noqa: E731
        columns = [
            pa.array(np.arange(first, first + rows)),
            *(
                pa.array(numbers[:, i].astype(SCHEMA.field(name).type.to_pandas_dtype()), mask=lost(_LOST.get(name, 0)))
                for i, name in enumerate(NUMBERS)
            ),
            pa.array(1 + (amounts // 50).astype(np.int32) % 12),
            _cents(amounts, lost(0.01)),
            pa.array(CHANNELS[channel], pa.string(), mask=lost(0.02)),
            pa.array(COUNTRIES[country], pa.string(), mask=lost(0.05)),
            pa.array((channel == 1) ^ strays[2]),
            pa.array(days.astype(np.int32), pa.int32(), mask=lost(0.04)).cast(pa.date32()),
            pa.array(moments * 1_000_000, pa.timestamp("us", tz="UTC"), mask=lost(0.01)),
            pa.array(np.where(fraud, "1", "0"), pa.string()),
        ]
        return pa.Table.from_arrays(columns, schema=SCHEMA)

    def between(self, first: int, end: int):
        """Rows from `first` to before `end`, chunk by chunk."""
        for at in range(first - first % CHUNK, end, CHUNK):
            chunk = self.chunk(at, CHUNK)
            begin = max(first - at, 0)
            yield chunk.slice(begin, min(end - at, CHUNK) - begin)


_EDGES = {"V11": [0.3, 0.55, 0.75, 0.9, 0.97], "V4": [0.4, 0.7, 0.9]}
_LOST = {"V5": 0.03, "V12": 0.01, "V20": 0.02}


def _cents(amounts: np.ndarray, lost: np.ndarray) -> pa.Array:
    """Decimals of two places, exactly."""
    cents = pa.array(np.round(amounts * 100).astype(np.int64), mask=lost).cast(pa.decimal128(19, 0))
    return pc.multiply(cents, pa.scalar("0.01", pa.string()).cast(pa.decimal128(3, 2))).cast(pa.decimal128(12, 2))


def made(folder: str, rows: int, files: int, seed: int) -> None:
    """Rows in files of about the same size."""
    transactions = Transactions(seed)
    for i in range(files):
        with parquet.ParquetWriter(_part(folder, i), SCHEMA) as writer:
            for piece in transactions.between(i * rows // files, (i + 1) * rows // files):
                writer.write_table(piece)


def sorted_rows(table: pa.Table, folder: str) -> None:
    """Rows in the order of a column that frauds differ in: each file has a distribution of its own."""
    in_order = table.sort_by("V14")
    for i in range(8):
        first, end = i * table.num_rows // 8, (i + 1) * table.num_rows // 8
        parquet.write_table(in_order.slice(first, end - first), _part(folder, i))


def skewed(table: pa.Table, folder: str) -> None:
    """Nearly all rows in one file, few in some, none in others."""
    sizes = [0, 40, table.num_rows - 160, 0, 120]
    at = 0
    for i, size in enumerate(sizes):
        parquet.write_table(table.slice(at, size), _part(folder, i))
        at += size


def one(table: pa.Table, folder: str) -> None:
    """The first 60,000 rows, in one file."""
    parquet.write_table(table.slice(0, 60_000), _part(folder, 0))


def nested(table: pa.Table, folder: str) -> None:
    """With a column of structs, and one of lists."""
    few = table.slice(0, 1000)
    places = pa.array([{"lat": float(i), "lon": 1.0} for i in range(few.num_rows)])
    tags = pa.array([["a", "b"]] * few.num_rows)
    parquet.write_table(few.append_column("place", places).append_column("tags", tags), _part(folder, 0))


def spanish(table: pa.Table, folder: str) -> None:
    """60,000 rows as a Spanish program writes them: semicolons, decimal commas, Latin-1, dd/mm/yyyy, sí and no."""
    names = {"country": "país", "channel": "canal", "booked": "día", "seen": "visto", "online": "en línea"}
    few = table.slice(0, 60_000).rename_columns([names.get(name, name) for name in table.column_names])
    for i in range(3):
        with open(os.path.join(folder, f"part-{i}.csv"), "w", encoding="latin-1", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(few.column_names)
            for row in few.slice(i * 20_000, 20_000).to_pylist():
                writer.writerow([_spanish_cell(value) for value in row.values()])


def _spanish_cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return str(value) if isinstance(value, (str, int)) else f"{value:.6f}".replace(".", ",")


def _part(folder: str, i: int) -> str:
    return os.path.join(folder, f"part-{i:03}.parquet")


VARIANTS = {"sorted": sorted_rows, "skewed": skewed, "one": one, "csv": spanish, "nested": nested}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["made", *VARIANTS])
    parser.add_argument("folder")
    parser.add_argument("--of")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--seed", type=int, default=17)
    given = parser.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    if given.what == "made":
        made(given.folder, given.rows, given.files, given.seed)
    else:
        paths = sorted(glob.glob(os.path.join(given.of, "*.parquet")))
        table = pa.concat_tables([parquet.read_table(path) for path in paths])
        VARIANTS[given.what](table, given.folder)


if __name__ == "__main__":
    main()
