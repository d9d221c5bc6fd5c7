"""pandas and CleverCSV on one file a task, no option given but that cells stay text: {"what", "path"}; the answer has
the names, null where no header was found, the rows as text and the seconds. See ../warm.mjs.
"""

import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "peers"))
warnings.filterwarnings("ignore")

import clevercsv  # noqa: E402
import common  # noqa: E402
import pandas  # noqa: E402
from clevercsv.encoding import get_encoding  # noqa: E402


def read_pandas(path):
    frame = pandas.read_csv(path, sep=None, engine="python", dtype=str, keep_default_na=False)
    names = [str(name) for name in frame.columns]
    if not isinstance(frame.index, pandas.RangeIndex):
        # rows longer than the header: pandas takes what comes first for an index
        names = [str(name or "") for name in frame.index.names] + names
        frame = frame.reset_index(allow_duplicates=True)
    return names, frame.astype(object).where(frame.notna(), "").values.tolist()


def read_clevercsv(path):
    encoding = get_encoding(path)
    with open(path, newline="", encoding=encoding) as file:
        text = file.read()
    dialect = clevercsv.Detector().detect(text)
    if dialect is None:
        raise ValueError("no dialect found")
    rows = clevercsv.read_table(path, dialect=dialect, encoding=encoding)
    header = clevercsv.Detector().has_header(text)
    return (rows[0], rows[1:]) if header else (None, rows)


def timed(read):
    def answer(task):
        began = time.perf_counter()
        names, rows = read(task["path"])
        seconds = time.perf_counter() - began
        return {"names": names, "rows": [[str(cell) for cell in row] for row in rows], "seconds": seconds}

    return answer


common.parser.parse_args()
common.serve(
    {"pandas": pandas.__version__, "clevercsv": clevercsv.__version__},
    pandas=timed(read_pandas),
    clevercsv=timed(read_clevercsv),
)
