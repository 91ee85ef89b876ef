"""The first built-in edition as a file's text, whole and as the two files of the version before."""

import json
from pathlib import Path

from tests.models.invented import EDITIONS

BUILT_IN = (EDITIONS / "jp-progressives.toml").read_text("utf-8")
ONE = BUILT_IN.partition("# ── the same text, read anew ──")[0]
FIRST, SECOND = (
    (Path(__file__).parent / "two_files" / name).read_text("utf-8")
    for name in ("bylaws.toml", "counting-bylaws.toml")
)
DIGEST = "sha256:5e78b1c98c38b5a907cb37b058b62d5b7ceb753d9d165da03cb6b6dc64c841d1"
"""Of their counting rules, as the version with two files recorded it when a vote was approved."""


def put_two(folder: Path, name: str = "bylaws.toml") -> None:
    """Lay the two files into a chapter's folder."""
    (folder / name).write_text(FIRST, "utf-8")
    (folder / f"counting-{name}").write_text(SECOND, "utf-8")


def amendment(starting: str = "2027-01-01", bar: str = "2/3") -> str:
    """An edition after the built-in one that moves the bar of endorsements and keeps the rest."""
    return f"""
[[editions]]
name = "Amended"
effective_from = {starting}
amends = "Governance, Structure, and Endorsement Processes"

[editions.endorsement.threshold]
value = "{bar}"
rule = "EN-3"
cite = "an invented amendment"
"""


def path(name: str, condition: str, **values: object) -> str:
    """A path to the vote, of one condition, as it stands in a file."""
    said = {"condition": condition, "rule": "VM-1", "cite": "an invented sentence", **values}
    lines = [f"{key} = {json.dumps(value)}" for key, value in said.items()]  # as TOML has it, too
    head = ("[[editions.membership.paths]]", f"name = {json.dumps(name)}")
    return "\n".join(["", *head, "[[editions.membership.paths.conditions]]", *lines, ""])
