"""What others wrote and lies beside the code: which version, unchanged, with its licence."""

import hashlib
import re
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "flows" / "web" / "static"
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
"""SHA-256 of dist/htmx.min.js of version 2.0.11."""


def test_htmx_is_as_it_was_published() -> None:
    script = (STATIC / "htmx.min.js").read_bytes()
    assert hashlib.sha256(script).hexdigest() == HTMX
    assert b'version:"2.0.11"' in script


def test_its_licence_lies_beside_it() -> None:
    licence = (STATIC / "htmx.LICENSE").read_text("utf-8")
    assert "Zero-Clause BSD" in licence
    assert "Permission to use, copy, modify, and/or distribute this software" in licence


def test_nothing_else_of_others_is_served() -> None:
    own = {"desk.css", "icon.svg", "desk.js", "htmx.min.js", "htmx.LICENSE"}
    assert {file.name for file in STATIC.iterdir()} <= own
    urls = re.findall(r"https?://[^\s\"')]+", (STATIC / "desk.css").read_text("utf-8"))
    assert urls == []


def test_the_wheel_holds_what_pages_are_made_of() -> None:
    builder = WheelBuilder(str(ROOT))
    held = {file.distribution_path for file in builder.recurse_included_files()}
    web = ROOT / "flows" / "web"
    wanted = [
        file.relative_to(ROOT).as_posix()
        for folder in ("templates", "texts", "static")
        for file in (web / folder).rglob("*")
        if file.is_file()
    ]
    assert len(wanted) > 20
    assert [one for one in wanted if one not in held] == []
