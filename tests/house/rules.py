"""The sentences of docs/rules.md as the officers' page has them."""

import json
import re

from tests.house.kept import DOCS

COPY = DOCS.parent / "flows/web/rules.toml"
_HEAD = "# What docs/rules.md says of each rule, for pages. `python -m tests.house` renews it.\n\n"
_ROW = re.compile(r"^\| ([A-Z]{2}-R?\d+) \| (.*) \|$", re.MULTILINE)


def copied() -> str:
    """What the copy should be."""
    rows = _ROW.findall((DOCS / "rules.md").read_text("utf-8"))
    return _HEAD + "".join(
        f"{rule} = {json.dumps(said, ensure_ascii=False)}\n" for rule, said in rows
    )
