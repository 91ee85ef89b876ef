"""Only contests that the members vote on open: each other one is told with its rule."""

from pathlib import Path
from typing import Any

import pytest

from connectors.sandbox.server import Sandbox
from flows.votes.check import check
from models.errors import Refused
from models.votes.election import failing
from tests.conftest import Clock
from tests.elections.polls import RACES, Poll

ABC = ["A", "B", "C"]
INVITED = {"name": "A", "ocpf_account_active": True, "campaign_website": "the usual one"}
UNFIT: dict[str, tuple[dict[str, Any], str]] = {
    "budget": ({"kind": "committee", "active": 9}, "not an election by the members (SC-4)"),
    "chairs": ({"kind": "approval", "candidates": ABC}, "chosen by the committee, not by the "),
    "sheriff": ({"kind": "ranked", "candidates": ABC, "rules": "public", "no_endorsement": ""},
                "for contests that belong to no chapter (EN-2)"),
    "senate": ({"kind": "ranked", "candidates": ABC, "recommendation": "A"},
               "names no office (EN-2)"),
    "audit": ({"kind": "question", "recommendation": "Yes"}, "names no scope or district (EN-2)"),
    "mayor-2": ({"kind": "ranked", "candidates": ABC, "office": "Mayor", "recommendation": "A",
                 "invited": [INVITED]}, "must start with http:// or https:// (EN-R9)"),
}  # fmt: skip


@pytest.fixture
def poll(sandbox: Sandbox, clock: Clock, tmp_path: Path) -> Poll:
    """A race that fits among others that do not."""
    poll = Poll.prepare(sandbox, clock, tmp_path / "chapter", races=RACES[:1])
    for name, (table, _) in UNFIT.items():
        file = poll.folder("contests") / f"{name}.toml"
        lines = [f"{key} = {_toml(value)}" for key, value in table.items()]
        file.write_text("\n".join([f'id = "{name}"', f'title = "The {name}"', *lines]))
    return poll


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value)


def test_what_the_members_do_not_vote_on_is_named_and_opens_nothing(poll: Poll) -> None:
    """EN-2, EN-R9, SC-3, SC-4"""
    with poll.context() as context:
        missing = failing(check(context, poll.election(context)))
    for name, (_, fact) in UNFIT.items():
        assert any(one.startswith(f"The {name}: ") and fact in one for one in missing), missing
    assert not any("Mayor:" in one for one in missing)
    with pytest.raises(Refused, match="not an election by the members"):
        poll.approved()
