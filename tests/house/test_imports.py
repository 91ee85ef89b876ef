"""A service's library is imported where a client is made (decision 119)."""

import subprocess
import sys

from tests.house.project import ROOT

LIBRARIES = "requests gspread google.auth mailchimp_marketing jinja2 prefect openpyxl alembic"


def test_who_asks_the_ledger_alone_imports_no_services_library() -> None:
    """Most commands do, and their start would take a third longer."""
    program = (
        "import sys\n"
        "import flows.context, flows.nightly.people, flows.views.roll\n"
        f"print(*sorted(set({LIBRARIES.split()!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
