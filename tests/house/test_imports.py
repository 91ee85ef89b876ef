"""What a command does not ask for is not imported (decisions 119 and 122)."""

import subprocess
import sys

import pytest

from tests.house.project import ROOT

LIBRARIES = "requests gspread google.auth mailchimp_marketing jinja2 prefect openpyxl alembic"
ROOMS = (
    "connectors.google connectors.mailchimp connectors.alerts connectors.elections models.votes "
    "models.contests.contest models.tally.outcome models.ballots models.year.book flows.votes"
)


@pytest.mark.parametrize("foreign", [LIBRARIES, ROOMS], ids=["libraries", "rooms"])
def test_who_asks_about_one_person_imports_no_service_and_no_vote(foreign: str) -> None:
    """It would take more than half as long again as it does."""
    program = (
        "import sys\n"
        "import flows.context, flows.nightly.looks, flows.nightly.people, flows.views.roll\n"
        f"print(*sorted(set({foreign.split()!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
