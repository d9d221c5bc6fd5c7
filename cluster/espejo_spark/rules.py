"""The patterns, words and marks by which Espejo reads cells: one truth with its Node side, which writes the file."""

import json
from pathlib import Path

RULES: dict = json.loads((Path(__file__).parent / "rules.json").read_text("utf-8"))
