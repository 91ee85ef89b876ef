"""What a command does not ask for is not imported (decisions 119 and 122)."""

import subprocess
import sys

import pytest

from connectors.sandbox.invented import address_of
from tests.flows.town import Town
from tests.house.project import ROOT

LIBRARIES = (
    "requests gspread google.auth mailchimp_marketing jinja2 prefect openpyxl alembic filelock "
    "sqlalchemy.dialects.postgresql"
)
ROOMS = (
    "connectors.google connectors.mailchimp connectors.alerts connectors.elections models.votes "
    "models.contests.contest models.tally.outcome models.ballots models.year.book flows.votes"
)
PROGRAM = """
import gc
import sys
from datetime import datetime

import flows.context
from flows.cli.main import app

address, folder, at, *foreign = sys.argv[1:]
now = datetime.fromisoformat(at)
flows.context.open_chapter.__wrapped__.__defaults__ = (lambda: now,)
app(["explain", address, "--chapter", folder], standalone_mode=False)
print("imported", *(name for name in foreign if name in sys.modules))
print("looked", sum(one["collections"] for one in gc.get_stats()[1:]))
"""


def explained(town: Town, foreign: str) -> str:
    """What `clerk explain` says after a night; then what it imported of these."""
    town.night()
    at = town.clock().isoformat()
    words = [address_of(1), str(town.folder), at, *foreign.split()]
    program = [sys.executable, "-c", PROGRAM, *words]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "voting member" in done.stdout
    return done.stdout


@pytest.mark.parametrize("foreign", [LIBRARIES, ROOMS], ids=["libraries", "rooms"])
def test_who_asks_about_one_person_imports_no_service_and_no_vote(town: Town, foreign: str) -> None:
    """It would take half as long again as it does."""
    assert "\nimported\n" in explained(town, foreign)


def test_no_circles_are_looked_for_while_a_command_starts(town: Town) -> None:
    assert "\nlooked 0\n" in explained(town, "")
